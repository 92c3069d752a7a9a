/**
 * What messages can be about: those with a secret, those that say why there is none (a password kept elsewhere, an
 * account an administrator has disabled), the notices after a change, and those with which contacts are proved, changed
 * and added.
 */
export const MESSAGE_KINDS = [
  'reset-link',
  'reset-pin',
  'reset-pin-link',
  'account-elsewhere',
  'account-disabled',
  'password-changed',
  'password-changed-former',
  'contact-code',
  'contact-changed',
  'contact-added',
  'contact-confirm',
  'invitation',
  'reset-code',
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

/** Notices after a change, which nobody asked for; they also go to the address that was replaced a short time ago. */
export const NOTICE_KINDS: readonly MessageKind[] = [
  'password-changed',
  'password-changed-former',
  'contact-changed',
  'contact-added',
];

/** Kinds that an administrator has sent, and the person did not ask for: they use up nothing of what the person may ask for. */
const ADMINISTRATOR_KINDS: readonly MessageKind[] = ['contact-confirm', 'invitation'];

/** Kinds that the person asked for; all of them count towards the limits of an account. */
export const ASKED_MESSAGE_KINDS: readonly MessageKind[] = MESSAGE_KINDS.filter(
  (kind) => !NOTICE_KINDS.includes(kind) && !ADMINISTRATOR_KINDS.includes(kind),
);
