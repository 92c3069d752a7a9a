import type { Router } from 'express';
import type { AskedReset } from '../../injector/proxy/reset-port.ts';
import { type AskAnswer, AskBody } from '../contract.ts';
import { readClientAddress } from './client-address.ts';
import { createJsonCall } from './json-call.ts';

/** Takes a request for a message down; see `ResetPort.askReset`. `enteredName` may be a mail address here. */
export type AskReset = (asked: AskedReset) => Promise<void>;

/**
 * `POST /api/reset-requests`: 202 and the same words for every name, before anything is looked up, so that neither words nor time
 * tell whether the account exists. Source: OWASP O1, O2; ASVS 5.0 6.3.8.
 */
export function createResetRequestsRoute(askReset: AskReset, answer: AskAnswer = {}): Router {
  return createJsonCall('/api/reset-requests', AskBody, async ({ identifier }, request, response) => {
    await askReset({
      enteredName: identifier,
      clientAddress: readClientAddress(request),
      acceptLanguage: request.get('accept-language'),
    });
    response.status(202).json(answer);
  });
}
