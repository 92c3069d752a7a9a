import { createHash } from 'node:crypto';
import type { Generation } from './web-bundle.ts';
import { readSource } from './web-bundle.ts';

/**
 * serviceworker.js. 10.9 and later only hear of notifications. 10.8's keeps every file, index.html and config.json
 * included, and answers from what it kept first; a changed file is seen only when its revision here has changed.
 */
export function serviceWorker(generation: Generation, files: ReadonlyMap<string, Buffer>): string {
  if (generation > 8) return readSource('worker/notifications.js');
  const entries = [...files].map(([url, bytes]) => {
    const isHashedName = /\.[0-9a-f]{20}\.|^[0-9a-f]{20}\./.test(url);
    const revision = isHashedName ? 'null' : `'${createHash('md5').update(bytes).digest('hex')}'`;
    return `{'revision':${revision},'url':'${url}'}`;
  });
  return `const FILES = [${entries.join(',')}];\n${readSource('worker/precache.js')}`;
}
