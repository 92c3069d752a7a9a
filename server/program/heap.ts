import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Room for young objects, both halves together, in bytes. V8 would let it grow to 64 MB under load and leave it there; more
 * than this makes nothing faster here, and a thousand slow films then cost 40 kB each instead of up to 100.
 */
const YOUNG_BYTES = 4 * 1024 * 1024;

/** Enough for it to grow as it should; where it does not, it stays small, which does no harm. */
const MOST_ROUNDS = 64;

/**
 * Keeps memory small. The heap for young objects stays small for good: first as it begins, while the program is loaded,
 * since what loading leaves behind would make it grow; then at {@link YOUNG_BYTES}. Measured at rest: 8 MB less.
 *
 * WebAssembly, which is undici's parser of HTTP, stays as it was first compiled: compiling it again for speed takes 9 MB that
 * are not given back, and a call of the parser is short either way.
 *
 * @returns to be called once, when the program runs.
 * Source: V8's flag semi-space-growth-factor, 2 unless told otherwise in Node 22 and 24; read at each collection.
 */
export function keepMemorySmall(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  return () => {
    setFlagsFromString('--semi-space-growth-factor=2');
    // It grows when much of what is in it is still in use at a collection.
    const used: object[][] = [];
    while (used.length < MOST_ROUNDS && youngBytes() < YOUNG_BYTES)
      used.push(Array.from({ length: 5_000 }, () => ({})));
    setFlagsFromString('--semi-space-growth-factor=1');
  };
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
