import type { LimitState, Limits } from '../ports.ts';
import { isRunning, unusedLimit } from './limit-row.ts';

interface Count {
  used: number;
  points: number;
  endsAt: number;
}

/**
 * Limits in memory, for a Gatehouse without a database: one process only, forgotten with it.
 *
 * @param maxKeys Most keys at once, default 100,000 (about 20 MB); the oldest go first, those that have ended before them.
 */
export function createMemoryLimits(maxKeys = 100_000): Limits {
  const counts = new Map<string, Count>();

  function makeRoom(now: number): void {
    if (counts.size < maxKeys) return;
    for (const [key, { endsAt }] of counts) if (endsAt <= now) counts.delete(key);
    for (const key of counts.keys()) {
      if (counts.size < maxKeys) return;
      counts.delete(key);
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
