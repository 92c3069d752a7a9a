import type { Words } from '../words.ts';

/** Why a link of a message or an invitation is of no use. */
export type SpentLink = 'unknown' | 'expired' | 'used' | 'broken' | 'missing';

/** What is said of each. */
export type SpentLinkWords = Readonly<Record<SpentLink, Words>>;

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
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

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
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

const over: Words = {
  title: 'This link does not work any more',
  sentences: [
    'It works for a week, and only while the address stays the same. If you still want to be reached here, ask the person who runs the server.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'This was answered already', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['This page needs the link from the message that was sent to you.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'That is all',
  sentences: ['From now on you get a message with which you choose a new password, should you forget yours.'],
};
