import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ResetReport } from '../ports/reset-service.ts';

/** Counts what the reset service does. */
export interface ResetCounters {
  asked(): void;
  /** Wraps a channel so that what it sends is counted. */
  counting(channel: Channel): Channel;
  read(): Pick<ResetReport, 'channels' | 'counts'>;
}

/** Makes counters that stand at zero. */
export function createResetCounters(clock: Clock): ResetCounters {
  const counts = { asked: 0, sent: 0, failed: 0 };
  const channels: Record<string, { lastOk: string | null; lastFailure: string | null }> = {};
  const note = (name: string, outcome: SendOutcome): SendOutcome => {
    const isOk = outcome.kind === 'sent';
    counts[isOk ? 'sent' : 'failed'] += 1;
    const at = new Date(clock.now()).toISOString();
    channels[name] = {
      lastOk: null,
      lastFailure: null,
      ...channels[name],
      [isOk ? 'lastOk' : 'lastFailure']: at,
    };
    return outcome;
  };
  return {
    asked() {
      counts.asked += 1;
    },
    counting(channel) {
      const { name } = channel;
      channels[name] = { lastOk: null, lastFailure: null };
      return { ...channel, send: async (...args) => note(name, await channel.send(...args)) };
    },
    read: () => ({ channels: { ...channels }, counts: { ...counts } }),
  };
}
