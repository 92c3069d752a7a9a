import type { SendOutcome } from '../ports/channel.ts';

/** What brings a mail on its way. */
export interface Carrier {
  /** Goes as far as one can without sending. Never rejects. */
  check(): Promise<SendOutcome>;
  /** Never rejects. */
  send(
    mail: Buffer,
    envelope: { readonly from: string; readonly to: string },
    signal: AbortSignal,
  ): Promise<SendOutcome>;
  /** Ends idle connections. Idempotent. */
  close(): void;
}
