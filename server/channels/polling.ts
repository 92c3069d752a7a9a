import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../injector/kit/log.ts';
import type { SendOutcome } from '../ports/channel.ts';

/** First and longest pause after a try to receive that failed, in milliseconds. */
export const RECEIVE_BACKOFF = { firstMs: 1_000, mostMs: 60_000 } as const;

/** What came of one try to receive. `reason`: one sentence with the fix, no secret. */
export type ReceiveOutcome =
  | { readonly kind: 'received' }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number | undefined };

/** A failed call as a failed try to receive. */
export function toFailure(outcome: SendOutcome): ReceiveOutcome {
  return {
    kind: 'failed',
    reason: 'detail' in outcome ? outcome.detail : '',
    retryAfterMs: 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined,
  };
}

/**
 * Receives again and again until it is told to end; after a failure with pauses, each twice as long as the one before. That
 * receiving stopped is told once, not at each try, and once that it goes on.
 *
 * @param parts.receive One try, which lasts as long as the service likes, and calls `works` when it is known to receive before
 * it ends. Must not throw.
 * @returns when `signal` has ended it.
 */
export async function keepReceiving(parts: {
  readonly channel: string;
  readonly receive: (signal: AbortSignal, works: () => void) => Promise<ReceiveOutcome>;
  readonly signal: AbortSignal;
  readonly log: Pick<Log, 'info' | 'warn'> | undefined;
}): Promise<void> {
  const { channel, receive, signal, log } = parts;
  let failures = 0;
  const works = (): void => {
    if (failures > 0) log?.info({ event: 'bot-receives-again', channel });
    failures = 0;
  };
  while (!signal.aborted) {
    const outcome = await receive(signal, works);
    if (signal.aborted) return;
    if (outcome.kind === 'received') {
      works();
      continue;
    }
    if (failures === 0) log?.warn({ event: 'bot-receives-nothing', channel, reason: outcome.reason });
    const pauseMs = Math.min(RECEIVE_BACKOFF.mostMs, RECEIVE_BACKOFF.firstMs * 2 ** Math.min(failures, 10));
    failures += 1;
    await sleep(Math.max(pauseMs, outcome.retryAfterMs ?? 0), undefined, { signal, ref: false }).catch(
      () => undefined,
    );
  }
}
