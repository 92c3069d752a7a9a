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

  function living(key: string): number[] {
    const now = clock.now();
    return (beginnings.get(key) ?? []).filter((beganAt) => now - beganAt < LONGEST_MS);
  }
  return {
    begin: (key) => void beginnings.set(key, [...living(key), clock.now()]),
    end(key) {
      const rest = living(key).slice(1);
      if (rest.length === 0) beginnings.delete(key);
      else beginnings.set(key, rest);
    },
    count: (key) => living(key).length,
  };
}
