/** Name of a channel in `channels/registry.ts`, as rows, log lines and metrics have it: `a-z`, digits, `-`; not `asked`. */
export type ChannelName = string;

/** An address of a person on a channel. */
export interface Contact {
  readonly userId: string;
  readonly userName: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/** A contact as it is kept. */
export interface KeptContact extends Contact {
  /**
   * 32 hex digits: one address of one account on one channel. With another address it is another contact; the same one,
   * written in other letter case or with a new name of the account, stays itself, and so does one that is set back.
   * Messages name it, so that what waits for one address never goes to the next.
   */
  readonly id: string;
}

/** Who can be reached where. */
export interface Contacts {
  /** Contacts of an account; empty when there is none. */
  ofUser(userId: string): Promise<readonly KeptContact[]>;
  /** Contacts with that address, letter case aside; several people may share one. */
  ofAddress(address: string): Promise<readonly KeptContact[]>;
  /** Contacts of the account of that name, compared as Jellyfin does, for where Jellyfin cannot be asked. */
  ofUserName(userName: string): Promise<readonly KeptContact[]>;
  /**
   * Sets or replaces the address of an account on a channel. The one before is kept for 30 days, and if it is replaced
   * again meanwhile it is still the first: whoever changes an address twice shall not get rid of its owner so. Another
   * address gets another id.
   *
   * @param now Default the time of the machine.
   */
  set(contact: Contact, now?: number): Promise<void>;
  /** The address an account had on a channel before it was replaced less than 30 days ago, if it has another one now. */
  formerOf(userId: string, now: number): Promise<readonly KeptContact[]>;
  /** Forgets the contacts of an account; answers how many there were. */
  remove(userId: string): Promise<number>;
  /** All contacts, by user name. */
  list(): Promise<readonly KeptContact[]>;
}
