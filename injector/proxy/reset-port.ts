import type { IncomingMessage, ServerResponse } from 'node:http';

/** Somebody asked for a new password on Jellyfin's own Forgot Password form. */
export interface AskedReset {
  /** The name as typed, untouched; at most 256 characters. */
  readonly enteredName: string;
  /** The client's address: one valid IPv4 or IPv6 address. */
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the message. */
  readonly acceptLanguage: string | undefined;
}

/**
 * All the injector knows of the reset service. In one process the service itself stands behind it; in a split
 * deployment, an HTTP client does.
 */
export interface ResetPort {
  /**
   * Takes the request down durably and returns before anything is looked up, so that neither words nor time tell
   * whether the account exists. Never throws; a request over a limit is dropped in silence.
   */
  askReset(asked: AskedReset): Promise<void>;
  /**
   * Answers a request below `/gatehouse/`. The request's `url` is what follows `/gatehouse` (e.g. `/reset`), and its
   * `x-forwarded-for` header is the client's one address, set by the proxy.
   */
  answer(request: IncomingMessage, response: ServerResponse): void;
}
