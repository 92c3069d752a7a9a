import type { IncomingMessage, ServerResponse } from 'node:http';

/** Somebody asks for a message to choose a new password with: the same from Jellyfin's form to the store. */
export interface ResetRequest {
  /** The name as typed, untouched; at most 256 characters are kept. On our own page it may be a mail address. */
  readonly enteredName: string;
  /** The client's address: one valid IPv4 or IPv6 address. */
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the message. */
  readonly acceptLanguage: string | undefined;
}

/** Somebody typed a PIN on Jellyfin's own PIN page. */
export interface PinAttempt {
  /** As typed, untouched; at most 256 characters. */
  readonly pin: string;
  /** The client's address: one valid IPv4 or IPv6 address. */
  readonly clientAddress: string;
}

/** What a PIN is worth. */
export type PinResult =
  /** `chooseUrl`: where the person chooses a password, as it would stand in a message. Nothing was changed yet. */
  | { readonly kind: 'accepted'; readonly userName: string; readonly chooseUrl: string }
  | { readonly kind: 'wrong' }
  /** Wrong, and there were too many wrong ones; from outside it looks like `wrong`. */
  | { readonly kind: 'limited'; readonly waitSeconds: number };

/**
 * What became of a request; it depends on how much was asked before, by this network and by everybody, and on nothing
 * else. `proof-needed`: nothing was taken down; so many have asked that a proof of work must come with it, which
 * Jellyfin's form cannot make and our own page can.
 */
export type RequestOutcome = 'taken' | 'proof-needed';

/** Somebody tries to sign in. */
export interface LoginAttempt {
  /** User name as typed; `#` and the id for the old route that signs in by id. */
  readonly name: string;
  /** The client's address: one valid IPv4 or IPv6 address. */
  readonly clientAddress: string;
}

/**
 * How Jellyfin judged a password: `failure` counts on its side too (401, or the client left before the answer);
 * `neither`: it was not judged (Jellyfin was away, the account is disabled, the request was malformed).
 */
export type LoginOutcome = 'success' | 'failure' | 'neither';

/** Whether a sign-in may be tried. */
export type LoginPermission =
  | { readonly isHeld: false }
  /** `waitSeconds` is 0 when no waiting helps: only a sign-in from a known network, or a reset. */
  | { readonly isHeld: true; readonly waitSeconds: number };

/** Holds back sign-ins after wrong passwords, before Jellyfin's own lockout does harm. */
export interface LoginThrottle {
  /** Asked before Jellyfin is; when it is not held, `end` follows. Never throws: what fails lets people in. */
  begin(attempt: LoginAttempt): Promise<LoginPermission>;
  /** Tells how an attempt that was let through ended. Never throws. */
  end(attempt: LoginAttempt, outcome: LoginOutcome): Promise<void>;
}

/**
 * All the injector knows of the reset service. In one process the service itself stands behind it; in a split
 * deployment, an HTTP client does.
 */
export interface ResetPort {
  /**
   * Takes the request down durably and returns before anything is looked up, so that neither words nor time tell
   * whether the account exists. A request over a limit is dropped in silence. Undefined is as `taken`.
   *
   * @throws {Error} when it cannot be kept; the same for every name, and logged already.
   */
  requestReset(request: ResetRequest): Promise<RequestOutcome | undefined>;
  /**
   * Answers a request below `/gatehouse/`. The request's `url` is what follows `/gatehouse` (e.g. `/reset`), and its
   * `x-forwarded-for` header is the client's one address, set by the proxy.
   */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Takes a PIN from Jellyfin's PIN page. Absent where messages hold links: Jellyfin's form then ends with a dialog, and
   * no PIN is right. @throws {Error} when the service cannot look.
   */
  readonly redeemPin?: ((attempt: PinAttempt) => Promise<PinResult>) | undefined;
  /** Absent when sign-ins are not throttled. */
  readonly login?: LoginThrottle | undefined;
}
