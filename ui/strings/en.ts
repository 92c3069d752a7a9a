import type { ApiErrorCode, PasswordFault, PasswordRules } from '../../server/http/contract.ts';
import type { ProblemCode } from '../call.ts';
import { myAccount } from './my-account/en.ts';
import type { Words } from './words.ts';

/** Failures after which a link is of no more use: they end the page. */
export type EndCode = Extract<
  ApiErrorCode,
  'link-expired' | 'link-used' | 'link-locked' | 'link-unknown' | 'account-unavailable' | 'account-elsewhere'
>;

/** Sentences about each rule of a password. */
export type RuleWords = Readonly<Record<PasswordFault, (rules: PasswordRules) => string>>;

/** Failures after which the person may try again, on the same page. */
export type ProblemWords = Readonly<Record<Exclude<ProblemCode, EndCode>, string>>;

/** Every end of the page where a password is chosen. */
export type EndWords = Readonly<
  Record<EndCode | 'link-missing' | 'link-broken' | 'link-superseded' | 'done', Words>
>;

const rules: RuleWords = {
  'too-short': ({ minLength }) => `At least ${minLength} characters`,
  'too-long': ({ maxLength }) => `At most ${maxLength} characters`,
  common: () => 'Not one of the passwords everybody uses',
  'contains-name': () => 'Without your user name, the name of the server or the word “jellyfin”',
};

const faults: RuleWords = {
  'too-short': ({ minLength }) => `This password is too short. Use at least ${minLength} characters.`,
  'too-long': ({ maxLength }) => `This password is too long. Use at most ${maxLength} characters.`,
  common: () => 'Many people use this password, so it is easy to guess. Choose another one.',
  'contains-name': () => 'Leave out your user name, the name of the server and the word “jellyfin”.',
};

const problems: ProblemWords = {
  'no-connection': 'The server did not answer. Check your connection and try again.',
  'jellyfin-unreachable': 'Jellyfin cannot be reached at the moment. Try again in a few minutes.',
  'change-not-kept':
    'Jellyfin did not keep the new password. Try again; if it goes wrong again, tell the person who runs the server.',
  'link-busy':
    'A password is being set with this link right now, perhaps in another tab. Wait a moment, then try again.',
  'password-refused': 'The server does not accept this password. Choose another one.',
  'too-many-requests': 'That was too many attempts. Wait a few minutes, then try again.',
  'proof-needed': 'The server is asked a lot at the moment. Wait a moment, then try again.',
  'signed-out': 'You are no longer signed in. Sign in again.',
  'sign-in-refused': 'Jellyfin did not let you in. Check name and password.',
  'password-wrong': 'This is not your password. Type it again.',
  'address-refused': 'This is no address of that kind. Check how it is written.',
  'code-needed': 'A code is needed for this account as well. Have one sent, then type it.',
  'code-wrong': 'This is not the code that was sent. Check it and try again.',
  'code-expired': 'The code has expired. Begin anew.',
  'codes-used-up': 'No further code is sent for this link. Type the last one, or ask for a new link.',
  'bad-body': 'The server did not understand the request. Reload the page and try again.',
  'not-found': 'This server does not offer new passwords at the moment. Tell the person who runs the server.',
  unavailable: 'This part of the server is not available at the moment. Try again in a few minutes.',
  internal:
    'Something went wrong on the server. Try again; if it goes wrong again, tell the person who runs the server.',
};

const ends: EndWords = {
  done: {
    title: 'Your password is changed',
    sentences: ['You are signed out everywhere. Sign in with your new password on each of your devices.'],
  },
  'link-expired': {
    title: 'This link has expired',
    sentences: ['For your safety a link works for a short time only. Ask for a new one.'],
  },
  'link-used': {
    title: 'This link was already used',
    sentences: [
      'A link works once. If you have just chosen a password with it, sign in with that password.',
      'If that was not you, ask for a new link now and tell the person who runs the server.',
    ],
  },
  'link-locked': {
    title: 'This link no longer works',
    sentences: [
      'A wrong code was typed too often. Ask for a new link.',
      'If that was not you, tell the person who runs the server.',
    ],
  },
  'link-unknown': {
    title: 'This link does not work',
    sentences: ['This server does not know the link, or no longer. Ask for a new one.'],
  },
  'link-superseded': {
    title: 'This went on elsewhere',
    sentences: [
      'Your link was opened again, or your PIN was entered again, in another tab or on another device. Only the page opened last works: choose your password there.',
      'You do not find that page, or it was not you? Ask for a new link. If it was not you, also tell the person who runs the server.',
    ],
  },
  'link-broken': {
    title: 'This link is not complete',
    sentences: [
      'Part of it got lost on the way. Open it from the message again, or copy the whole link, to its very end.',
      'If that does not help, ask for a new one.',
    ],
  },
  'link-missing': {
    title: 'Open the link from your message',
    sentences: [
      'A new password is chosen with a link that we send you. Open it from the message, or ask for one.',
    ],
  },
  'account-unavailable': {
    title: 'This password cannot be changed here',
    sentences: ['Ask the person who runs the server for help with this account.'],
  },
  'account-elsewhere': {
    title: 'This password is kept elsewhere',
    sentences: [
      'Another system keeps the password of this account, not Jellyfin. Change it there; the new one then works here too.',
      'If you do not know where that is, ask the person who runs the server.',
    ],
  },
};

/** All words of our pages in English, the language that says which words there are. */
export const en = {
  signIn: 'Sign in',
  backToSignIn: 'Back to sign in',
  askForLink: 'Ask for a new link',
  changeElsewhere: 'Change it there',
  tryAgain: 'Try again',
  userName: 'User name',
  choose: {
    title: 'Choose a new password',
    onServer: 'for your account on',
    checking: 'Checking your link…',
    checkFailed: 'Your link could not be checked',
    password: 'New password',
    again: 'New password again',
    show: 'Show',
    hide: 'Hide',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    isShown: 'Your password can be read on the screen',
    isHidden: 'Your password is hidden',
    rulesTitle: 'Your new password',
    isMet: 'Fulfilled',
    isBroken: 'Not fulfilled',
    stillToDo: 'Still missing:',
    allMet: 'This password fulfils every rule',
    empty: 'Choose a new password.',
    mismatch: 'The two passwords are not the same.',
    submit: 'Set new password',
    working: 'Setting your password…',
    workingHint: 'This can take a few seconds. Leave this page open.',
    linkStillGood: 'Your link is still good.',
    codeLead:
      'For administrators a code is needed as well. It reaches you another way than the message you have.',
    codeSentBy: 'It went out by:',
    anotherCode: 'Send me another code',
  },
  account: {
    title: 'Forgot your password?',
    lead: 'Tell us who you are. We send you a message with which you choose a new password.',
    enteredName: 'User name or e-mail address',
    empty: 'Enter your user name or your e-mail address.',
    tooLong: 'That is too long for a user name or an e-mail address.',
    submit: 'Send me a message',
    working: 'Sending…',
  },
  asked: {
    title: 'Check your messages',
    sentences: ['If we know this account and how to reach you, a message with a link is on its way.'],
    nothingCame: 'Nothing has come?',
    advice: [
      'Wait a few minutes, and look in the spam folder.',
      'Check the spelling: enter your user name as it stands on the sign-in page.',
      'Ask the person who runs the server. Perhaps they do not have your e-mail address.',
    ],
    again: 'Try another name',
  },
  askedPin: {
    sentences: ['If we know this account and how to reach you, a message with a PIN is on its way.'],
    enter: 'Enter the PIN',
  },
  pin: {
    title: 'Choose a new password',
    go: 'Press the button to go on. Your password stays as it is until you have chosen a new one.',
    type: 'Enter the PIN from the message we sent you. Your password stays as it is until you have chosen a new one.',
    label: 'PIN',
    empty: 'Enter the PIN from the message.',
    submit: 'Go on',
    working: 'One moment…',
    unknown: 'This PIN is not right. Compare it with the message, or ask for a new one.',
    expired: 'This PIN has expired. Ask for a new one.',
    used: 'This PIN is used up: a new password was chosen since it was sent. If that was not you, ask for a new PIN now and tell the person who runs the server.',
    broken: 'The link was not complete. Enter the PIN from the message instead.',
    askAgain: 'Ask for a new PIN',
  },
  rules,
  faults,
  problems,
  ends,
  myAccount,
};

/** All words of our pages in one language. */
export type Strings = typeof en;
