import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Most bytes, compressed with gzip, of what everybody loads before the login page shows: of the runtime that carries the
 * mods, and of the part of one mod. A part that needs more should ask for it when it is needed.
 */
export const CLIENT_LIMITS = { runtime: 4 * 1024, part: 3 * 1024 } as const;

/**
 * Sizes of what was built for browsers, in bytes as gzip makes them at its best.
 *
 * @param folder Where `buildClient` put the files.
 * @returns By name: `runtime`, or that of the mod; the largest first.
 */
export function clientSizes(folder: string): ReadonlyMap<string, number> {
  const sizes = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => {
      const { length } = gzipSync(readFileSync(join(folder, file)), { level: 9 });
      return [file.replace(/\.js$/, ''), length] as const;
    });
  return new Map(sizes.toSorted(([, one], [, other]) => other - one));
}
