import type { Router } from 'express';
import { type ApiErrorCode, type PinAnswer, PinBody } from '../contract.ts';
import { ApiFailure } from '../errors.ts';
import type { ExchangePin, PinOutcome } from '../reset/exchange-pin.ts';
import { readClientAddress } from './client-address.ts';
import { createJsonCall } from './json-call.ts';

const CODES: Readonly<Record<Extract<PinOutcome, { kind: 'wrong' }>['state'], ApiErrorCode>> = {
  unknown: 'link-unknown',
  expired: 'link-expired',
  used: 'link-used',
  busy: 'link-busy',
};

/**
 * `POST /api/pins`: exchanges a PIN for a link, after a person pressed the button of our page. The PIN stays good, so a
 * mail scanner that presses it takes nothing away. Source: OWASP O24.
 */
export function createPinsRoute(exchangePin: ExchangePin): Router {
  return createJsonCall('/api/pins', PinBody, async ({ pin }, request, response) => {
    const outcome = await exchangePin.exchange({ pin, clientAddress: readClientAddress(request) });
    if (outcome.kind === 'limited') {
      throw new ApiFailure('too-many-requests', { headers: { 'Retry-After': String(outcome.waitSeconds) } });
    }
    if (outcome.kind === 'wrong') throw new ApiFailure(CODES[outcome.state]);
    const answer: PinAnswer = { token: outcome.token };
    response.json(answer);
  });
}
