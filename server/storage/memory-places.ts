import type { Places } from '../ports/places.ts';
import { CLOCK_SKEW_MS } from './rows.ts';

/** Places in memory, for a Gatehouse without a database: one process only. Holds as many entries as are taken. */
export function createMemoryPlaces(): Places {
  const keys = new Map<string, Map<string, number>>();
  return {
    async take(key, { holder, most, until }, now) {
      const taken = keys.get(key) ?? new Map<string, number>();
      for (const [other, end] of taken) if (end <= now || end > until + CLOCK_SKEW_MS) taken.delete(other);
      if (taken.size >= most) return undefined;
      keys.set(key, taken.set(holder, until));
      return taken.size;
    },
    async leave(key, holder) {
      const taken = keys.get(key);
      const [first] = taken?.keys() ?? [];
      taken?.delete(holder ?? first ?? '');
      if (taken?.size === 0) keys.delete(key);
    },
  };
}
