import type { Contact } from './ports.ts';

/** A message that is ready to go out. */
export interface OutgoingMessage {
  readonly to: Contact;
  /** The same on every try of one message: letters, digits, `-`. */
  readonly key: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** How sending ended. `detail` is one sentence with the fix where one is known; no secret, no whole address. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** Refused for good: this message will never go to this recipient. */
  | { readonly kind: 'permanent'; readonly detail: string }
  /** Refused for now, this message only. */
  | { readonly kind: 'temporary'; readonly detail: string }
  /** The channel as a whole does not work now; other messages would fare the same. */
  | { readonly kind: 'unreachable'; readonly detail: string };

/** A way to reach people. One file in this folder per channel. */
export interface Channel {
  readonly name: Contact['channel'];
  /** How many messages it can send at once. */
  readonly width: number;
  /** Tries the connection and the sign-in, sends nothing. Never throws. */
  check(): Promise<SendOutcome>;
  /**
   * Sends one message to one recipient. Never throws. An outcome other than `sent` does not prove that nothing
   * arrived; the key lets mail programs tell a second copy.
   *
   * @param signal Breaks off, if it is not too late, when somebody else has taken the message over.
   */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendOutcome>;
  /** Ends idle connections; a message on its way is finished. Idempotent. */
  close(): void;
}
