import type { LimitState, Limits } from '../ports/limits.ts';
import { isRunning, unusedLimit } from './rows.ts';

interface Count {
  used: number;
  points: number;
  endsAt: number;
}

/** Most counts at once, about 20 MB. */
export const MAX_KEYS = 100_000;

/**
 * Limits in memory, for a Gatehouse without a database: one process only, forgotten with it.
 *
 * @param maxKeys Most keys at once, default {@link MAX_KEYS}. When there are more, a twentieth goes: those that end
 * first, so that whoever makes keys up by the thousand pushes out nothing that lasts for days, such as known networks.
 */
export function createMemoryLimits(maxKeys = MAX_KEYS): Limits {
  const counts = new Map<string, Count>();

  function makeRoom(now: number): void {
    if (counts.size < maxKeys) return;
    // Many at a time: to look at every key for each new one would be work that strangers can cause.
    let surplus = Math.ceil(maxKeys / 20);
    const last = Float64Array.from(counts.values(), ({ endsAt }) => endsAt).sort()[surplus - 1] ?? now;
    for (const [key, { endsAt }] of counts) {
      if (endsAt > now && (endsAt > last || surplus === 0)) continue;
      counts.delete(key);
      surplus = Math.max(0, surplus - 1);
    }
  }

  return {
    async take(key, { points, windowMs }, now): Promise<LimitState> {
      const before = counts.get(key);
      const isKept = before !== undefined && isRunning(before.endsAt, now, windowMs);
      if (!isKept) {
        counts.delete(key);
        makeRoom(now);
      }
      const count = isKept ? before : { used: 0, points, endsAt: now + windowMs };
      count.used += 1;
      count.points = points;
      counts.set(key, count);
      return { isWithin: count.used <= points, used: count.used, endsAt: count.endsAt };
    },
    async giveBack(key, takes) {
      const count = counts.get(key);
      if (count !== undefined) count.used = Math.max(0, count.used - takes);
    },
    async read(key, now, windowMs) {
      const count = counts.get(key);
      if (count === undefined || !isRunning(count.endsAt, now, windowMs)) return unusedLimit(now);
      return { isWithin: count.used < count.points, used: count.used, endsAt: count.endsAt };
    },
    async clear(key) {
      counts.delete(key);
    },
  };
}
