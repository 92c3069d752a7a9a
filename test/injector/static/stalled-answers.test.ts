import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const CHUNK = '/web/session-login.0123456789abcdef0123.chunk.js';
const SCRIPT = 'export const a = 1;'.repeat(50);
/** Well below the 30 s for which a silent Jellyfin is waited for. */
const PATIENCE_MS = 15_000;

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set(CHUNK, { body: SCRIPT });
});
afterEach(() => web.close());

/** The first bytes of an answer, and then nothing more. */
const stall = (response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Length': 5_000, ETag: '"page-1"' });
  response.write('<html>');
};

/** The first answer for a file stalls, the others are as they were. */
function stallOnce(path: string): void {
  const file = web.files.get(path) ?? { body: '' };
  web.files.set(path, {
    ...file,
    answer(_request, response) {
      web.files.set(path, file);
      stall(response);
    },
  });
}

it.each([
  ['a file', CHUNK, [200, SCRIPT]],
  // Nobody knows then whether a file is right, and Jellyfin answers for itself.
  ['the page that tells whether files are right', '/web/index.html', [418, 'passed through']],
])('an answer for %s that stalls keeps nobody from the file for long', async (_what, path, wanted) => {
  stallOnce(path);
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: 10 }, () => web.get(CHUNK)));
  expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual(Array(10).fill(wanted));
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
});
