import type { ChannelName, KeptContact } from './contacts.ts';

/** A code that is on its way to a person, and what its message says. */
export interface CodeToDeliver {
  readonly userId: string;
  readonly userName: string;
  /** Without its dash. */
  readonly code: string;
  /** How long it works, in milliseconds. */
  readonly lifetimeMs: number;
  /** The `Accept-Language` header of whoever asked, for people who chose no language. */
  readonly acceptLanguage: string | undefined;
}

/** A channel that took a code. */
export interface DeliveredOn {
  readonly channel: ChannelName;
  /** What people call it; undefined where that is a word of their language, as for mail. */
  readonly properName: string | undefined;
}

/** Brings codes of resets to people, while they wait for them. */
export interface CodeDelivery {
  /** The verified contacts of an account that can be reached on other channels than that. @throws {StorageError} */
  contactsBesides(userId: string, channel: ChannelName): Promise<readonly KeptContact[]>;
  /**
   * Sends a code to all of these contacts at once, and answers those whose channels took it, or may have. None is tried again
   * later. @throws {StorageError}
   */
  deliver(code: CodeToDeliver, to: readonly KeptContact[]): Promise<readonly DeliveredOn[]>;
}
