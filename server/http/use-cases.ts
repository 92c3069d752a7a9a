import type { RequestOutcome, ResetRequest } from '../../injector/answers/reset-port.ts';
import type { RequestSource } from '../ports/outbox-store.ts';
import type { LinkState } from '../ports/reset-links.ts';
import type { CodeChannel, LinkAnswer, PasswordFault, Proof, WorkChallenge } from './contract.ts';

/** The new password as a person sent it. */
export interface Redemption {
  readonly token: string;
  readonly password: string;
  /** As typed: the code that the account of an administrator may need. */
  readonly code?: string | undefined;
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the notice. */
  readonly acceptLanguage: string | undefined;
}

/** How a redemption ended. The link is spent with `changed` only. */
export type RedeemOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'unknown' | 'expired' | 'used' | 'busy' }
  | { readonly kind: 'refused'; readonly faults: readonly PasswordFault[] }
  /** A code is needed besides the link, and was not given, is not that of the link, or is good no more. */
  | { readonly kind: 'code-needed' | 'code-wrong' | 'code-expired' }
  /** It was wrong, and one too many: the link is good for nothing any more. */
  | { readonly kind: 'locked' }
  /** Its password is kept elsewhere (LDAP, SSO); `url` says where, if the admin has said so. */
  | { readonly kind: 'account-elsewhere'; readonly url: string | undefined }
  | { readonly kind: 'account-unavailable' | 'unreachable' | 'not-kept' };

/** The use case behind the page where a new password is chosen. */
export interface ChoosePassword {
  /** Tells what a link is good for. Changes nothing. */
  look(token: string): Promise<LinkAnswer | { readonly state: 'busy' }>;
  /** Sets the password and spends the link, or leaves both as they were. */
  redeem(redemption: Redemption): Promise<RedeemOutcome>;
  /** Resolves when no redemption is under way, after `graceMs` at the latest. Never throws. */
  waitUntilIdle(graceMs: number): Promise<void>;
}

/** Who asks for a code that a link needs besides. */
export interface CodeRequest {
  readonly token: string;
  readonly clientAddress: string;
  /** The `Accept-Language` header, for people who chose no language. */
  readonly acceptLanguage: string | undefined;
  /** A puzzle that the page has solved; it is good once. */
  readonly proof?: Proof | undefined;
}

/** How asking for a code ended. */
export type CodeOutcome =
  | { readonly kind: 'sent'; readonly channels: readonly CodeChannel[] }
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'unknown' | 'expired' | 'used' | 'busy' }
  | { readonly kind: 'proof-needed'; readonly challenge: WorkChallenge }
  | { readonly kind: 'limited'; readonly waitSeconds: number }
  /** The link has had as many codes as it may; the last one stays good. */
  | { readonly kind: 'used-up' }
  /** No other verified contact is left that the code could go to. */
  | { readonly kind: 'no-second-channel' }
  /** Jellyfin could not say whether one is needed. */
  | { readonly kind: 'unreachable' }
  /** None of the channels took it. */
  | { readonly kind: 'not-sent' };

/** The use case behind the button that sends a code. */
export interface SendCode {
  /** Sends it to the person's verified contacts on other channels than the link came on. Spends nothing of the link. */
  send(request: CodeRequest): Promise<CodeOutcome>;
}

/** How an exchange ended. */
export type PinOutcome =
  | { readonly kind: 'accepted'; readonly userName: string; readonly token: string }
  /** Not one that can be used; `state` is for our own page only. */
  | { readonly kind: 'wrong'; readonly state: Exclude<LinkState['state'], 'open'> }
  /** Wrong, and there were too many wrong ones. */
  | { readonly kind: 'limited'; readonly waitSeconds: number };

/** The use case behind Jellyfin's PIN page and our own. */
export interface ExchangePin {
  /**
   * Gives a link to choose a password with for a PIN of ours. The PIN stays good until the password is set or its time
   * is over; exchanged again, it ends the link of the time before. Nothing about the account changes.
   *
   * @param pin As typed.
   */
  exchange(attempt: { readonly pin: string; readonly clientAddress: string }): Promise<PinOutcome>;
}

/** The use case behind Jellyfin's form, our own page, and PIN files that Jellyfin wrote past us. */
export interface RequestReset {
  /**
   * Takes a request down durably and resolves. The work is the same for every name, nothing is looked up before; what is
   * over a limit is dropped in silence, and `taken` all the same. Source: OWASP O1, O2, O10.
   *
   * @param source @default 'form'
   * @param proof A puzzle that the page has solved; it is good once.
   * @throws {StorageError} when it cannot be kept; the same for every name.
   */
  requestReset(request: ResetRequest, source?: RequestSource, proof?: Proof): Promise<RequestOutcome>;
  /** A puzzle for whoever was told `proof-needed`. */
  challenge(): Promise<WorkChallenge>;
}
