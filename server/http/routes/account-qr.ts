import { createHash } from 'node:crypto';
import { Router } from 'express';
import { qrSvg } from '../../qr/qr-code.ts';
import { sendPageProblem, WRONG_METHOD } from '../problems.ts';

const PATH = '/account.svg';

/** Kept for an hour: it holds no secret, and changes only when an admin changes the public address. */
const ONE_HOUR = 'public, max-age=3600';

/**
 * `GET /account.svg`: the address of My Account as a QR code, with the address in letters below it, for television sets.
 *
 * @param address Of My Account, as it stands in messages: no header of the request can bend it.
 */
export function createAccountQrRoute(address: string): Router {
  const picture = qrSvg(address, { below: address });
  const tag = `"${createHash('sha256').update(picture).digest('base64url').slice(0, 22)}"`;
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATH, (_request, response) => {
    response.set('Cache-Control', ONE_HOUR).set('ETag', tag).type('image/svg+xml').send(picture);
  });
  router.all(PATH, (_request, response) => {
    sendPageProblem(response.set('Allow', 'GET, HEAD'), WRONG_METHOD);
  });
  return router;
}
