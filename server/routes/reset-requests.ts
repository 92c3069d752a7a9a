import type { Router } from 'express';
import type { AskedReset } from '../../injector/proxy/reset-port.ts';
import { type ApiError, type AskAnswer, AskBody, type Proof, type WorkChallenge } from '../contract.ts';
import { API_ERRORS } from '../errors.ts';
import { readClientAddress } from './client-address.ts';
import { createJsonCall } from './json-call.ts';

/** A request from our own page. */
export interface PageAsked extends AskedReset {
  readonly proof: Proof | undefined;
}

/**
 * Takes a request for a message down; see `ResetPort.askReset`. `enteredName` may be a mail address here. Answers the
 * puzzle to solve first when so many have asked that it takes one; undefined or nothing otherwise.
 */
export type AskReset = (asked: PageAsked) => Promise<WorkChallenge | undefined>;

/**
 * `POST /api/reset-requests`: 202 and the same words for every name, before anything is looked up, so that neither words nor time
 * tell whether the account exists. Source: OWASP O1, O2; ASVS 5.0 6.3.8.
 */
export function createResetRequestsRoute(askReset: AskReset, answer: AskAnswer = {}): Router {
  return createJsonCall('/api/reset-requests', AskBody, async ({ identifier, proof }, request, response) => {
    const challenge = await askReset({
      enteredName: identifier,
      proof,
      clientAddress: readClientAddress(request),
      acceptLanguage: request.get('accept-language'),
    });
    if (challenge === undefined) {
      response.status(202).json(answer);
      return;
    }
    const { status, message } = API_ERRORS['proof-needed'];
    response.status(status).json({ code: 'proof-needed', message, challenge } satisfies ApiError);
  });
}
