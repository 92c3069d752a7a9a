import type { Router } from 'express';
import { type ApiErrorCode, type PasswordAnswer, PasswordBody } from '../contract.ts';
import { ApiFailure } from '../errors.ts';
import type { ChoosePassword, RedeemOutcome } from '../reset/choose-password.ts';
import { readClientAddress } from './client-address.ts';
import { createJsonCall } from './json-call.ts';
import type { WrongTokens } from './wrong-tokens.ts';

/**
 * Jellyfin's login page, relative to `/gatehouse/`. The file is named because 10.8 knows no `/web/`.
 * Source: jellyfin 10.8.13, redirect of `/` to `/web/index.html`.
 */
const SIGN_IN_URL = '../web/index.html';

const CODES: Readonly<
  Record<Exclude<RedeemOutcome['kind'], 'changed' | 'refused' | 'account-elsewhere'>, ApiErrorCode>
> = {
  unknown: 'link-unknown',
  expired: 'link-expired',
  used: 'link-used',
  busy: 'link-busy',
  'account-unavailable': 'account-unavailable',
  unreachable: 'jellyfin-unreachable',
  'not-kept': 'change-not-kept',
};

/** `POST /api/passwords`: sets the new password; the only call that spends a link. Source: OWASP O8, O16, O24. */
export function createPasswordsRoute(choosePassword: ChoosePassword, wrongTokens: WrongTokens): Router {
  return createJsonCall('/api/passwords', PasswordBody, async (body, request, response) => {
    // A lone half of a surrogate pair has no UTF-8 form: what reached Jellyfin would be another password.
    if (!body.password.isWellFormed()) throw new ApiFailure('bad-body');
    const clientAddress = readClientAddress(request);
    const acceptLanguage = request.get('accept-language');
    const outcome = await choosePassword.redeem({ ...body, clientAddress, acceptLanguage });
    if (outcome.kind === 'changed') {
      const answer: PasswordAnswer = { signInUrl: SIGN_IN_URL };
      response.json(answer);
      return;
    }
    if (outcome.kind === 'refused') throw new ApiFailure('password-refused', { faults: outcome.faults });
    if (outcome.kind === 'account-elsewhere') throw new ApiFailure('account-elsewhere', { url: outcome.url });
    if (outcome.kind === 'unknown') {
      const waitSeconds = await wrongTokens.count(clientAddress);
      if (waitSeconds !== undefined)
        throw new ApiFailure('too-many-requests', { headers: { 'Retry-After': String(waitSeconds) } });
    }
    throw new ApiFailure(CODES[outcome.kind]);
  });
}
