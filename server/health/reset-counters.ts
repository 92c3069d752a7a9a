import type { EventCount } from '../audit/event-counters.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock } from '../ports/ports.ts';

/** How the reset service is. Names nobody. */
export interface ResetReport {
  readonly storage: 'open' | 'unavailable';
  /** Rows that wait, and rows that were given up. */
  readonly outbox: { readonly waiting: number; readonly dead: number };
  /** How long the oldest of them has waited; 0 when none waits. */
  readonly oldestWaitingMs: number;
  /** How often what happened, since the start; for the metrics. */
  readonly events: readonly EventCount[];
  /** When a message last went out, and when one last did not; null when never since the start. ISO 8601. */
  readonly mail: { readonly lastOk: string | null; readonly lastFailure: string | null };
  /** Since the start: asked for, sent, and tries to send that failed. */
  readonly counts: ResetCounts;
}

/** Numbers since the start of the service. */
export interface ResetCounts {
  readonly asked: number;
  readonly sent: number;
  readonly failed: number;
}

/** Keeps count of what the service does. */
export interface ResetTally {
  asked(): void;
  /** The same channel, counted. */
  counting(channel: Channel): Channel;
  read(): Pick<ResetReport, 'mail' | 'counts'>;
}

/** Makes a tally that stands at zero. */
export function createResetTally(clock: Clock): ResetTally {
  const counts = { asked: 0, sent: 0, failed: 0 };
  let okAt: number | undefined;
  let failedAt: number | undefined;
  const note = (outcome: SendOutcome): SendOutcome => {
    if (outcome.kind === 'sent') {
      counts.sent += 1;
      okAt = clock.now();
    } else {
      counts.failed += 1;
      failedAt = clock.now();
    }
    return outcome;
  };
  const date = (at: number | undefined): string | null =>
    at === undefined ? null : new Date(at).toISOString();
  return {
    asked() {
      counts.asked += 1;
    },
    counting: (channel) => ({ ...channel, send: async (...args) => note(await channel.send(...args)) }),
    read: () => ({ mail: { lastOk: date(okAt), lastFailure: date(failedAt) }, counts: { ...counts } }),
  };
}
