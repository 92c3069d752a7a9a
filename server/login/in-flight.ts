import type { Clock } from '../ports.ts';

/** Sign-ins that Jellyfin is asked about at this moment. */
export interface InFlight {
  begin(key: string): void;
  end(key: string): void;
  count(key: string): number;
}

/** Beyond this an attempt counts as over though nobody said so: whoever asked has died. */
const LONGEST_MS = 60_000;

/** Makes the list; it holds as many entries as there are sign-ins under way. */
export function createInFlight(clock: Clock): InFlight {
  const beginnings = new Map<string, number[]>();
  let sweptAt = clock.now();

  function living(key: string): number[] {
    const now = clock.now();
    return (beginnings.get(key) ?? []).filter((beganAt) => now - beganAt < LONGEST_MS);
  }
  /** Whoever has died said no end. */
  function sweep(): void {
    if (Math.abs(clock.now() - sweptAt) < LONGEST_MS) return;
    sweptAt = clock.now();
    for (const key of beginnings.keys()) if (living(key).length === 0) beginnings.delete(key);
  }
  return {
    begin(key) {
      sweep();
      beginnings.set(key, [...living(key), clock.now()]);
    },
    end(key) {
      const rest = living(key).slice(1);
      if (rest.length === 0) beginnings.delete(key);
      else beginnings.set(key, rest);
    },
    count: (key) => living(key).length,
  };
}
