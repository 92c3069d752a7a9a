import type { Router } from 'express';
import { LinkBody } from '../contract.ts';
import { ApiFailure } from '../errors.ts';
import type { ChoosePassword } from '../reset/choose-password.ts';
import { readClientAddress } from './client-address.ts';
import { createJsonCall } from './json-call.ts';
import type { WrongTokens } from './wrong-tokens.ts';

/** `POST /api/links`: tells what a link is good for and changes nothing. Source: OWASP O9, O24. */
export function createLinksRoute(choosePassword: ChoosePassword, wrongTokens: WrongTokens): Router {
  return createJsonCall('/api/links', LinkBody, async ({ token }, request, response) => {
    const answer = await choosePassword.look(token);
    if (answer.state === 'busy') throw new ApiFailure('link-busy');
    if (answer.state === 'unknown') {
      const waitSeconds = await wrongTokens.count(readClientAddress(request));
      if (waitSeconds !== undefined)
        throw new ApiFailure('too-many-requests', { headers: { 'Retry-After': String(waitSeconds) } });
    }
    response.json(answer);
  });
}
