import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Room for young objects under load, both halves together, in bytes. V8 would let it grow to 64 MB and leave it there; a
 * thousand slow films then cost 40 kB each instead of up to 100. At rest it has half of this.
 */
const YOUNG_BYTES = 4 * 1024 * 1024;

/** Enough for it to grow as it should; where it does not, it stays small, which does no harm. */
const MOST_ROUNDS = 64;

/** How often the load is looked at, in milliseconds, and how much of that time must have been work. */
const LOOK_MS = 1_000;
const BUSY = 0.3;

/**
 * Keeps memory small. The heap for young objects stays as small as it begins while the program is loaded, since what loading
 * leaves behind would make it grow, and while it rests: 8 MB less. Under load it gets {@link YOUNG_BYTES}; V8 takes them back
 * when the load is over, and would not give them again by itself with a growth factor that holds it below its 64 MB.
 *
 * WebAssembly, which is undici's parser of HTTP, stays as it was first compiled: compiling it again for speed takes 9 MB that
 * are not given back, and a call of the parser is short either way.
 *
 * @returns to be called once, when the program runs: gives room under load from then on.
 * Source: V8's flag semi-space-growth-factor, 2 unless told otherwise in Node 22 and 24, read at each collection; V8's
 * Heap::ShouldResizeNewSpace, which shrinks it where little is allocated.
 */
export function keepMemorySmall(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  return () => {
    let before = performance.eventLoopUtilization();
    setInterval(() => {
      const now = performance.eventLoopUtilization();
      if (performance.eventLoopUtilization(now, before).utilization > BUSY) growYoung();
      before = now;
    }, LOOK_MS).unref();
  };
}

function growYoung(): void {
  if (youngBytes() >= YOUNG_BYTES) return;
  setFlagsFromString('--semi-space-growth-factor=2');
  // It grows when much of what is in it is still in use at a collection.
  const used: object[][] = [];
  while (used.length < MOST_ROUNDS && youngBytes() < YOUNG_BYTES)
    used.push(Array.from({ length: 5_000 }, () => ({})));
  setFlagsFromString('--semi-space-growth-factor=1');
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
