import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap for young objects as small as it begins while the program is loaded: what loading leaves behind would
 * make it grow to the size that a busy server needs, for good. Measured at rest: 85 MB of resident memory, 93 without.
 *
 * @returns to be called when the program runs; the heap then grows as V8 sees fit.
 * Source: V8's flag semi-space-growth-factor, 2 unless told otherwise in Node 22 and 24; read at each collection.
 */
export function startWithSmallHeap(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  return () => setFlagsFromString('--semi-space-growth-factor=2');
}
