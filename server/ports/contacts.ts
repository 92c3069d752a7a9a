/** Name of a channel in `channels/registry.ts`, as rows, log lines and metrics have it: `a-z`, digits, `-`; not `asked`. */
export type ChannelName = string;

/** An address of a person on a channel. */
export interface Contact {
  readonly userId: string;
  readonly userName: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/**
 * What is known of a contact. `verified`: the person proved that it is theirs. `unverified`: an administrator or an
 * import said so. `refused`: the other side knows no such recipient, or the person blocked us; nothing is sent there.
 */
export const CONTACT_STATES = ['verified', 'unverified', 'refused'] as const;

/** What is known of a contact. */
export type ContactState = (typeof CONTACT_STATES)[number];

/** A contact as it is kept. */
export interface KeptContact extends Contact {
  /**
   * 32 hex digits: one address of one account on one channel. With another address it is another contact; the same one,
   * written in other letter case or with a new name of the account, stays itself, and so does one that is set back.
   * Messages name it, so that what waits for one address never goes to the next.
   */
  readonly id: string;
  readonly state: ContactState;
  /** When it was proved, in ms since 1970; kept when it is refused later. */
  readonly verifiedAt: number | undefined;
  /** Its place in the order in which messages try the person's contacts, from 0; undefined: after those that have one. */
  readonly position: number | undefined;
}

/** Who can be reached where. */
export interface Contacts {
  /** Contacts of an account, in the order in which messages try them (then by channel); empty when there is none. */
  ofUser(userId: string): Promise<readonly KeptContact[]>;
  /** The same of several accounts at once, at most 1,000, in no order among accounts. */
  ofUsers(userIds: readonly string[]): Promise<readonly KeptContact[]>;
  /** Contacts with that address, letter case aside; several people may share one. */
  ofAddress(address: string): Promise<readonly KeptContact[]>;
  /** Contacts of accounts that may be meant by a name, as `findByUserName` finds them; for where Jellyfin cannot be asked. */
  ofUserName(userName: string): Promise<readonly KeptContact[]>;
  /**
   * Sets or replaces the address of an account on a channel. The one before is kept for 30 days, and if it is replaced
   * again meanwhile it is still the first: whoever changes an address twice shall not get rid of its owner so. Another
   * address gets another id and is unverified; one that stays itself keeps its state, and each keeps its place in the order.
   *
   * @param now Default the time of the machine.
   * @param options.state What it is from now on, whatever it was: `verified` when a code proved it.
   */
  set(contact: Contact, now?: number, options?: { readonly state?: ContactState }): Promise<void>;
  /**
   * The same for several, at most 1,000: all of them or none. Of two for one account and channel the later counts.
   *
   * @param options.state For all of them.
   */
  setAll(
    contacts: readonly Contact[],
    now?: number,
    options?: { readonly state?: ContactState },
  ): Promise<void>;
  /** Marks the contact with that id as proved, and answers it; undefined when the account has another, or none, by now. */
  verify(id: string, now: number): Promise<KeptContact | undefined>;
  /**
   * Marks the contact with that id as refused, a former one too, and answers it; undefined when there is none, or it was so
   * already.
   */
  refuse(id: string): Promise<KeptContact | undefined>;
  /** Puts contacts of an account in order, the first one first; channels that are not named come after them. */
  setOrder(userId: string, channels: readonly ChannelName[]): Promise<void>;
  /**
   * The address an account had on a channel before it was replaced, or removed and another set, less than 30 days ago;
   * none while it has no other.
   */
  formerOf(userId: string, now: number): Promise<readonly KeptContact[]>;
  /**
   * Removes the contacts of an account, or that on one channel; answers how many there were. Nothing goes there any more, but the addresses are
   * kept for 30 days: an address that is set meanwhile has replaced them, so that nobody gets rid of the owner by removing
   * first. After that they are gone with the old rows.
   *
   * @param now Default the time of the machine.
   * @param channel Default all.
   */
  remove(userId: string, now?: number, channel?: ChannelName): Promise<number>;
  /** All contacts, by user name. */
  list(): Promise<readonly KeptContact[]>;
}
