import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import { sendPageProblem, WRONG_METHOD } from './page-problem.ts';

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
