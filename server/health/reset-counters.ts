import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ResetReport } from '../ports/reset-service.ts';

/** Keeps count of what the service does. */
export interface ResetCounters {
  readonly asked: () => void;
  /** The same channel, counted. */
  counting(channel: Channel): Channel;
  read(): Pick<ResetReport, 'mail' | 'counts'>;
}

/** Makes counters that stand at zero. */
export function createResetCounters(clock: Clock): ResetCounters {
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
    asked: () => {
      counts.asked += 1;
    },
    counting: (channel) => ({ ...channel, send: async (...args) => note(await channel.send(...args)) }),
    read: () => ({ mail: { lastOk: date(okAt), lastFailure: date(failedAt) }, counts: { ...counts } }),
  };
}
