import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express, { Router } from 'express';
import { PAGE_NAMES } from '../contract.ts';
import { sendPageProblem, WRONG_METHOD } from '../problems.ts';

const PATH = '/common-passwords.txt';

/** Kept for a day: it holds no secret and changes only with a new version of the program. */
const ONE_DAY = 'public, max-age=86400';

/**
 * `GET /common-passwords.txt`: the list by which the page tells while typing that a password is a common one. One
 * password a line, UTF-8; gzip where the browser takes it.
 */
export function createCommonPasswordsRoute(text: string): Router {
  const plain = Buffer.from(text, 'utf8');
  const packed = gzipSync(plain, { level: 9 });
  const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATH, (request, response) => {
    const isPacked = request.acceptsEncodings('gzip', 'identity') === 'gzip';
    response
      .set('Cache-Control', ONE_DAY)
      .set('Vary', 'Accept-Encoding')
      .set('ETag', isPacked ? `"${tag}-gzip"` : `"${tag}"`)
      .type('text/plain; charset=utf-8');
    if (isPacked) response.set('Content-Encoding', 'gzip');
    response.send(isPacked ? packed : plain);
  });
  router.all(PATH, (_request, response) => {
    sendPageProblem(response.set('Allow', 'GET, HEAD'), WRONG_METHOD);
  });
  return router;
}

const PAGE_PATHS = PAGE_NAMES.map((name) => `/${name}`);

/** Names under `assets/` carry a hash of their content, so they never change. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * The pages and their files.
 *
 * @param uiFolder The built ui: `index.html` and `assets/`. Read on each request, so a new build needs no restart;
 *   while it is missing the pages answer 500 and the log says what to do.
 */
export function createPages(uiFolder: string): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const readPage = async (): Promise<string> => {
    try {
      return await readFile(join(uiFolder, 'index.html'), 'utf8');
    } catch (cause) {
      throw new Error(`The pages cannot be read from ${uiFolder}. Build them: npm run build:web`, { cause });
    }
  };
  router.get(PAGE_PATHS, async (_request, response) => {
    response.type('html').send(await readPage());
  });
  router.all(PAGE_PATHS, (_request, response) => {
    sendPageProblem(response.set('Allow', 'GET, HEAD'), WRONG_METHOD);
  });
  router.use(
    '/assets',
    (request, response, next) => {
      if (request.method === 'GET' || request.method === 'HEAD') next();
      else sendPageProblem(response.set('Allow', 'GET, HEAD'), WRONG_METHOD);
    },
    express.static(join(uiFolder, 'assets'), {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      etag: true,
      lastModified: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', FOREVER),
    }),
  );
  return router;
}
