import type { ChannelName, ContactState } from './contacts.ts';

/**
 * What a secret about contacts is for, and good for nothing else. `proof`: a code that shows that an address is the
 * person's. `undo`: the link that tells the contact before of a change, and takes it back. `invitation`: a link with which
 * somebody adds a contact without signing in. `confirm`: the link of "is this you?", sent to an address that somebody else
 * entered. `disowned`: no secret, but the mark of an address whose owner answered that the account is not theirs.
 */
export const CONTACT_CHANGE_KINDS = ['proof', 'undo', 'invitation', 'confirm', 'disowned'] as const;

/** How long an invitation works, in milliseconds. */
export const INVITATION_MS = 7 * 24 * 60 * 60_000;

/** How long the link of "is this you?" works, in milliseconds. */
export const CONFIRM_MS = 7 * 24 * 60 * 60_000;

/** What a secret about contacts is for. */
export type ContactChangeKind = (typeof CONTACT_CHANGE_KINDS)[number];

/** How many wrong codes end a proof. */
export const MAX_WRONG_CODES = 5;

/** The contact that a change replaced or removed, as it was. */
export interface ContactBefore {
  readonly address: string;
  readonly state: ContactState;
}

/** A change of contacts that waits for its secret. */
export interface NewContactChange {
  readonly kind: ContactChangeKind;
  /** SHA-256 of a link's token, HMAC-SHA-256 of a code, in hex. The secret itself is kept nowhere. */
  readonly secretHash: string;
  readonly userId: string;
  readonly userName: string;
  /** Undefined for an invitation only: whoever has the link chooses. */
  readonly channel: ChannelName | undefined;
  /**
   * The address that is to be proved, or that an undo takes away again. Undefined for an invitation, for a code that is sent
   * to a bot (which learns the address by it), and for the undo of a removal.
   */
  readonly address: string | undefined;
  /** Of an undo: what comes back. @default undefined */
  readonly before?: ContactBefore | undefined;
  /**
   * Of a proof: the invitation whose holder asked for it, and that is spent with it. Of an undo: the one by which the change came;
   * undefined where somebody was signed in and knew the password. @default undefined
   */
  readonly invitationHash?: string | undefined;
  /** In ms since 1970; from then on it is good for nothing. */
  readonly expiresAt: number;
}

/** A change of contacts as it is kept. */
export interface ContactChange extends NewContactChange {
  readonly createdAt: number;
  /** When it was spent. */
  readonly usedAt: number | undefined;
  /** Wrong codes so far; of proofs only. */
  readonly wrongCodes: number;
}

/** A change that cannot be spent; `dead`: too many wrong codes ({@link MAX_WRONG_CODES}). */
type ClosedContactChange =
  | { readonly state: 'expired' | 'used' | 'dead'; readonly change: ContactChange }
  | { readonly state: 'unknown' };

/** State of a change. */
export type ContactChangeState =
  | { readonly state: 'open'; readonly change: ContactChange }
  | ClosedContactChange;

/** How spending ended: `spent` for exactly one of any number of callers. The other words are the state it was in. */
export type ContactChangeSpent =
  | { readonly state: 'spent'; readonly change: ContactChange }
  | ClosedContactChange;

/** How typing a code ended. `wrong`: it was counted, and may be typed again. `dead`: no further code is taken. */
export type TypedCode =
  | { readonly state: 'spent'; readonly change: ContactChange }
  | { readonly state: 'wrong' | 'expired' | 'dead' | 'used' | 'unknown' };

/** An address of an account. */
export interface AccountAddress {
  readonly userId: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/** Why an address is not to be set for an account: the person took it back, or its owner said that the account is not theirs. */
export interface AddressBlock {
  readonly why: 'undone' | 'disowned';
  /** In ms since 1970. */
  readonly until: number;
}

/** Changes of contacts that wait for a secret. All times in ms since 1970; every method rejects with a StorageError. */
export interface ContactChanges {
  /**
   * Keeps a change in one step. A `proof` and a `confirm` take the place of the unspent one of their kind that the account had on
   * that channel, and an `invitation` that of the account's earlier ones. Answers false, and changes nothing, when there is one with
   * that secret already: draw another.
   */
  add(change: NewContactChange, now: number): Promise<boolean>;
  /** Looks at a change of that kind without touching it; a secret of another kind is `unknown`. */
  look(kind: ContactChangeKind, secretHash: string, now: number): Promise<ContactChangeState>;
  /**
   * Spends an open change of that kind, and with a proof the invitation it came from: both or none, so one invitation proves
   * one contact. When the invitation is not open, its state is the answer.
   */
  spend(kind: ContactChangeKind, secretHash: string, now: number): Promise<ContactChangeSpent>;
  /**
   * Spends the open proof of an account for an address on a channel as `spend` does, if the code is its code, and counts a wrong
   * one else; in one step, so that no more than {@link MAX_WRONG_CODES} of any number that are typed at once are looked at.
   * A proof without an address is for the bot, and no code that is typed is good for it.
   */
  spendCode(
    proof: { readonly userId: string; readonly channel: ChannelName; readonly secretHash: string },
    now: number,
  ): Promise<TypedCode>;
  /** The open changes of that kind that an account has, newest first. */
  openOf(userId: string, kind: ContactChangeKind, now: number): Promise<readonly ContactChange[]>;
  /**
   * Until when nobody can set that address for the account again, in ms since 1970, because an undo took it away, letter case
   * aside; undefined: none did. It is known for 30 days after the link of the undo would have expired, as all rows are.
   */
  undoneUntil(userId: string, channel: ChannelName, address: string): Promise<number | undefined>;
  /** The same, as the owner of that address said that the account is not theirs: no administrator can set it so long. */
  disownedUntil(userId: string, channel: ChannelName, address: string): Promise<number | undefined>;
  /**
   * Why and until when each of these addresses is not to be set for its account, as {@link undoneUntil} and {@link disownedUntil}
   * know it, in their order; undefined where nothing is known. For many at once.
   */
  blocksOf(addresses: readonly AccountAddress[]): Promise<readonly (AddressBlock | undefined)[]>;
  /** Removes the unspent changes of that kind that an account has; answers how many. */
  removeOf(userId: string, kind: ContactChangeKind): Promise<number>;
}
