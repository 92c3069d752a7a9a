import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../injector/kit/log.ts';
import type { SendOutcome } from '../ports/channel.ts';

/** First and longest pause after a try to receive that failed, in milliseconds. */
export const RECEIVE_BACKOFF = { firstMs: 1_000, mostMs: 60_000 } as const;

/** How many tries in a row somebody else may have in our place before it is told: one config takes the place of another. */
const CONTESTED_TRIES = 3;

/**
 * What came of one try to receive. `reason`: one sentence with the fix, no secret. `isContested`: another process receives in
 * our place, as for a moment when a config is loaded anew.
 */
export type ReceiveOutcome =
  | { readonly kind: 'received' }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly retryAfterMs?: number | undefined;
      readonly isContested?: boolean;
    };

/** Ends when the channel is closed, or before that. */
export function untilEither(closing: AbortSignal, until: AbortSignal | undefined): AbortSignal {
  return until === undefined ? closing : AbortSignal.any([closing, until]);
}

/** A failed call as a failed try to receive. */
export function toFailure(outcome: SendOutcome): Extract<ReceiveOutcome, { kind: 'failed' }> {
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
  let isTold = false;
  const works = (): void => {
    if (isTold) log?.info({ event: 'bot-receives-again', channel });
    failures = 0;
    isTold = false;
  };
  while (!signal.aborted) {
    const outcome = await receive(signal, works);
    if (signal.aborted) return;
    if (outcome.kind === 'received') {
      works();
      continue;
    }
    const mayPass = outcome.isContested === true && failures < CONTESTED_TRIES - 1;
    if (!isTold && !mayPass) {
      log?.warn({ event: 'bot-receives-nothing', channel, reason: outcome.reason });
      isTold = true;
    }
    const pauseMs = Math.min(RECEIVE_BACKOFF.mostMs, RECEIVE_BACKOFF.firstMs * 2 ** Math.min(failures, 10));
    failures += 1;
    await sleep(Math.max(pauseMs, outcome.retryAfterMs ?? 0), undefined, { signal, ref: false }).catch(
      () => undefined,
    );
  }
}
