/**
 * What messages can be about: those with a secret, those that say why there is none (a password kept elsewhere, an
 * account an administrator has disabled), and the notices after a change.
 */
export const MESSAGE_KINDS = [
  'reset-link',
  'reset-pin',
  'reset-pin-link',
  'account-elsewhere',
  'account-disabled',
  'password-changed',
  'password-changed-former',
] as const;

/** What a message is about. */
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Kinds that carry a secret; those that still wait are dropped when the password was changed. */
export const SECRET_MESSAGE_KINDS: readonly MessageKind[] = ['reset-link', 'reset-pin', 'reset-pin-link'];

/** Kinds that answer a request for a reset: what `contacts.unverified` is about. */
export const RESET_KINDS: readonly MessageKind[] = [
  ...SECRET_MESSAGE_KINDS,
  'account-elsewhere',
  'account-disabled',
];

/** Notices after a change; the second goes to the address that was replaced a short time ago. */
export const NOTICE_KINDS: readonly MessageKind[] = ['password-changed', 'password-changed-former'];

/** Kinds that somebody asked for; all of them count towards the limits of an account. */
export const ASKED_MESSAGE_KINDS: readonly MessageKind[] = MESSAGE_KINDS.filter(
  (kind) => !NOTICE_KINDS.includes(kind),
);
