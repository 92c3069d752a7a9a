import type { ShownEvent } from '../../../server/http/account-contract.ts';
import type { Words } from '../words.ts';

/** Why a link of a message or an invitation is of no use. */
export type SpentLink = 'unknown' | 'expired' | 'used' | 'broken' | 'missing';

/** What is said of each. */
export type SpentLinkWords = Readonly<Record<SpentLink, Words>>;

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'This link does not work',
    sentences: [
      'This server does not know it, or no longer. Sign in to My Account to see how you are reached.',
    ],
  },
  expired: {
    title: 'It is too late to undo this here',
    sentences: ['The link worked for a day. Sign in to My Account and change how you are reached there.'],
  },
  used: {
    title: 'This was undone already',
    sentences: ['The link works once. Sign in to My Account to see how you are reached.'],
  },
  broken: {
    title: 'The link is not complete',
    sentences: ['Part of it got lost on the way. Copy the whole link from the message, to its very end.'],
  },
  missing: {
    title: 'Open the link from the message',
    sentences: ['A change is undone with the link in the message that told you of it.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'This invitation does not work',
    sentences: ['This server does not know it, or no longer. Ask the person who runs it for a new one.'],
  },
  expired: {
    title: 'This invitation has expired',
    sentences: ['An invitation works for a few days. Ask the person who runs the server for a new one.'],
  },
  used: {
    title: 'This invitation was already used',
    sentences: [
      'It works once. If that was not you, tell the person who runs the server.',
      'You can change how you are reached at any time: sign in to My Account.',
    ],
  },
  broken: {
    title: 'The invitation is not complete',
    sentences: ['Part of the link got lost on the way. Copy the whole link, to its very end.'],
  },
  missing: {
    title: 'Open the link of your invitation',
    sentences: ['This page needs the link that the person who runs the server gave you.'],
  },
};

/** Words of My Account and of the pages that belong to it, in English: this file says which there are. */
export const myAccount = {
  title: 'My Account',
  opening: 'One moment…',
  mail: 'E-mail',
  /** Followed by the names of the channels. */
  reachesBy: 'This server can send messages by:',
  password: 'Your password',
  back: 'Cancel',
  working: 'One moment…',
  signIn: {
    title: 'Sign in to My Account',
    lead: 'See and change how you are reached, and change your password.',
    password: 'Password',
    empty: 'Enter your user name.',
    working: 'Signing in…',
    notHandedOver: 'Jellyfin could not sign you in here. Sign in below.',
    signedOff: 'You are signed out of this page.',
  },
  quickConnect: {
    open: 'Sign in with Quick Connect',
    lead: 'On a device that is signed in to Jellyfin, open Quick Connect in the settings and enter this code:',
    waiting: 'Waiting until the code is entered. It works for ten minutes.',
    again: 'Get a new code',
  },
  contacts: {
    title: 'How you are reached',
    lead: 'Messages try these in this order.',
    none: 'We cannot reach you yet. Without a way to reach you there is no new password when you forget yours.',
    verified: 'Confirmed',
    unverified: 'Not confirmed yet',
    refused: 'Does not work any more: replace it',
    up: 'Move up',
    down: 'Move down',
    replace: 'Replace',
    remove: 'Remove',
    add: 'Add',
    addTitle: 'More ways to reach you',
    moved: 'The order is changed.',
    saved: 'That is how you are reached from now on.',
    removed: 'It is removed. We tell the address that was removed.',
  },
  linking: {
    addTitle: 'Add a way to reach you',
    replaceTitle: 'Replace a way to reach you',
    mailAddress: 'E-mail address',
    address: 'Address',
    emptyAddress: 'Enter the address.',
    whyPassword: 'Your password again, so that nobody else changes how you are reached.',
    sendCode: 'Send me a code',
    getCode: 'Show me a code',
    codeSent: 'A code is on its way to you. It works for ten minutes.',
    code: 'Code',
    emptyCode: 'Enter the code from the message.',
    confirm: 'Confirm',
    noCode: 'Begin anew',
    sendToBot: 'Send this code to:',
    openBot: 'Open with the code',
    connect: 'Sign in to Discord',
    notConnected: 'Nothing was connected, as it was not allowed there. You can try again.',
    scan: 'Or scan this with your telephone:',
    qr: 'QR code with the same link',
    waiting: 'Waiting for your message. The code works for ten minutes.',
  },
  removing: {
    title: 'Remove a way to reach you',
    last: 'It is the only one: without it there is no new password when you forget yours.',
    submit: 'Remove it',
  },
  language: {
    title: 'Language of messages',
    label: 'Language',
    browser: 'As in the browser or app that asks',
    submit: 'Save language',
    saved: 'The language is saved.',
  },
  passwords: {
    title: 'Password',
    open: 'Change password',
    elsewhere: 'Another system keeps the password of this account, not Jellyfin. Change it there.',
    current: 'Current password',
    submit: 'Change password',
    done: {
      title: 'Your new password is set',
      sentences: ['You are signed out everywhere. Sign in with your new password on each of your devices.'],
    },
    signInAgain: 'Sign in to My Account again',
  },
  events: {
    title: 'What happened lately',
    none: 'Nothing yet.',
    home: 'home network',
    more: 'Show all',
    words: {
      'account-signed-in': 'A sign-in to My Account',
      'login-failed': 'A sign-in with a wrong password',
      'login-held': 'Sign-ins were held back after too many wrong passwords',
      'account-unlocked': 'Your account was unlocked',
      'message-sent': 'A message was sent to you',
      'link-made': 'An administrator made a link for a new password',
      'pin-accepted': 'A PIN was entered',
      'password-changed': 'Your password was changed',
      'password-not-changed': 'A new password could not be set',
      'contact-added': 'A way to reach you was added',
      'contact-changed': 'A way to reach you was replaced',
      'contact-verified': 'A way to reach you was confirmed',
      'contact-removed': 'A way to reach you was removed',
      'contact-undone': 'A change of how you are reached was undone',
      'contact-refused': 'A way to reach you does not work any more',
      'invitation-made': 'An administrator made an invitation for you',
      'devices-signed-out': 'Devices were signed out',
    } satisfies Readonly<Record<ShownEvent, string>>,
  },
  devices: {
    title: 'Signed-in devices',
    none: 'No device is signed in.',
    unknown: 'Which devices are signed in cannot be told here.',
    lastSeen: 'Last seen:',
    signOut: 'Sign out',
    all: 'Sign out all devices',
    signedOut: 'The device is signed out.',
    allSignedOut: 'All devices are signed out.',
  },
  signOff: 'Sign out of this page',
  undo: {
    title: 'Undo this change',
    sentences: [
      'A way to reach this account was replaced or removed. If it was not you, undo it here.',
      'The old one then counts again, the new one is blocked, and everybody is signed out of My Account.',
    ],
    submit: 'Undo the change',
    working: 'Undoing…',
    done: {
      title: 'The change is undone',
      sentences: [
        'You are reached as before. Nobody is signed in to My Account any more.',
        'Somebody knew your password: choose a new one now.',
      ],
    },
    newPassword: 'Choose a new password',
    ends: undoEnds,
  },
  invitation: {
    title: 'Say how you are reached',
    lead: 'With it you get a message when you forget your password. Nothing else is changed.',
    choose: 'How do you want to be reached?',
    none: 'This server has no way to send messages at the moment. Tell the person who runs it.',
    done: {
      title: 'That is all',
      sentences: [
        'From now on you get a message with which you choose a new password, should you forget yours.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Account',
  server: 'on',
  checkFailed: 'The link could not be checked',
  toMyAccount: 'Go to My Account',
};

/** Words of My Account in one language. */
export type MyAccountWords = typeof myAccount;
