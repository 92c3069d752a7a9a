import type { ChannelName } from './contacts.ts';

/** State of a reset link. */
export type LinkState =
  | { readonly state: 'open'; readonly userId: string; readonly userName: string }
  | { readonly state: 'expired' | 'used' | 'unknown' | 'busy' };

/**
 * What a secret is for, and good for nothing else; kept in the column `kind`. `link`: the token of a link that sets a
 * password, kept as SHA-256. `pin`: a PIN of ours, kept as HMAC-SHA-256; it can only be exchanged for such a link.
 */
export type SecretPurpose = 'link' | 'pin';

/** A secret to keep; only its hash is. */
export interface NewSecret {
  /** @default 'link' */
  readonly purpose?: SecretPurpose;
  /** SHA-256 of a link's token, HMAC-SHA-256 of a PIN, in hex. */
  readonly tokenHash: string;
  readonly userId: string;
  readonly userName: string;
  /**
   * The message that carries it. Of the message's earlier tries the last one's secret stays good too: it may have
   * arrived without our knowing, and a mail program that hides second copies shows the first.
   */
  readonly outboxId: number;
  /** That of the message. @default undefined */
  readonly requestKey?: string | undefined;
  /** The channel its message goes out on. @default undefined: no message carries it */
  readonly channel?: ChannelName | undefined;
  readonly expiresAt: number;
}

/** Secrets of resets: links and PINs. Every method rejects with a StorageError when the storage fails. */
export interface ResetLinks {
  /**
   * Keeps a new secret and answers true; in one step. One that is there already (its message may have arrived, and is
   * sent again) lasts until the new `expiresAt`; answers false when it is used. With `limit`, answers false and keeps
   * nothing when the account has live ones of `maxLive` other messages already: none of them dies for a new one.
   */
  add(secret: NewSecret, limit?: { readonly now: number; readonly maxLive: number }): Promise<boolean>;
  /**
   * How many messages with live secrets the account has: neither used nor expired; links got for a PIN do not count, and
   * messages with one `requestKey` are one.
   */
  countLive(userId: string, now: number): Promise<number>;
  /** Looks at a link without touching it. */
  look(tokenHash: string, now: number): Promise<LinkState>;
  /**
   * Claims an open link for `leaseMs` under a name of its own, `claimId`: of any number of callers at once, for any of
   * the account's links, one gets `open`. A claim that was neither spent nor released (the process died) ends with
   * its lease.
   */
  claim(tokenHash: string, now: number, leaseMs: number, claimId: string): Promise<LinkState>;
  /**
   * Lets a claim last until `leaseMs` from now. Answers false, and changes nothing, when it is over: its lease ran out,
   * somebody else has the link, or the link is used.
   */
  renew(tokenHash: string, claimId: string, now: number, leaseMs: number): Promise<boolean>;
  /**
   * Spends a claimed link for good, and every other secret of the account with it; messages with a secret for it that
   * still wait are dropped. Works after the lease too, unless somebody else claimed or spent the link meanwhile: then
   * it answers false and changes nothing.
   */
  spend(tokenHash: string, claimId: string, now: number): Promise<boolean>;
  /** Gives a claimed link back unspent. Answers false, and changes nothing, when the claim is somebody else's. */
  release(tokenHash: string, claimId: string): Promise<boolean>;
  /**
   * Keeps a fresh link for whoever holds a PIN, and forgets the one an earlier exchange of that PIN made. The PIN
   * stays good. `busy`: a password is being set with the earlier link; nothing was changed.
   */
  exchange(
    pinHash: string,
    link: { readonly tokenHash: string; readonly expiresAt: number },
    now: number,
  ): Promise<LinkState>;
}
