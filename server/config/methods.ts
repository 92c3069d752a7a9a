import type { ResetFacts } from '../../injector/kit/define-mod.ts';
import type { MessageKind } from '../ports/message-kinds.ts';
import type { SecretPurpose } from '../ports/reset-links.ts';

/** Ways to reset a password: the values of `reset.method`. */
export const RESET_METHODS = ['link', 'account', 'pin', 'pin-link'] as const;

/** A way to reset a password: what the message holds, and what the person does with it. */
export type ResetMethod = (typeof RESET_METHODS)[number];

/**
 * Whether administrators may reset their passwords: the values of `reset.administrators`. `second-channel`: with a code that
 * comes on another channel than the link or PIN.
 */
export const ADMINISTRATOR_RESETS = ['allowed', 'second-channel', 'never'] as const;

/** Whether administrators may reset their passwords. */
export type AdministratorResets = (typeof ADMINISTRATOR_RESETS)[number];

/** What follows from a method. */
export interface MethodTraits {
  /** What the message holds. */
  readonly secret: SecretPurpose;
  /** The message that whoever asks is sent. */
  readonly message: MessageKind;
  /** Where a person who forgot the password begins; mods go by it. */
  readonly lead: ResetFacts['lead'];
  /** Whether Jellyfin's form leads to its PIN page, and PINs are taken there. */
  readonly asksPin: boolean;
}

/** The one place that says what a method means. */
export const METHODS: Readonly<Record<ResetMethod, MethodTraits>> = {
  link: { secret: 'link', message: 'reset-link', lead: 'check-your-messages', asksPin: false },
  account: { secret: 'link', message: 'reset-link', lead: 'account', asksPin: false },
  pin: { secret: 'pin', message: 'reset-pin', lead: 'pin-page', asksPin: true },
  'pin-link': { secret: 'pin', message: 'reset-pin-link', lead: 'pin-page', asksPin: true },
};

/** The traits of the method that a file names, before it was checked; of `link` where it names none. */
export function traitsOf(method: unknown): MethodTraits {
  return METHODS[RESET_METHODS.find((known) => known === method) ?? 'link'];
}
