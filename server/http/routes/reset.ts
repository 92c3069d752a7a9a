import type { Response, Router } from 'express';
import {
  type ApiError,
  type ApiErrorCode,
  type CodeAnswer,
  CodeBody,
  LinkBody,
  type PasswordAnswer,
  PasswordBody,
  type PinAnswer,
  PinBody,
  type ResetRequestAnswer,
  ResetRequestBody,
  type WorkChallenge,
} from '../contract.ts';
import { API_ERRORS, ApiFailure } from '../errors.ts';
import { createJsonCall, readClientAddress } from '../json-call.ts';
import type {
  ChoosePassword,
  CodeOutcome,
  ExchangePin,
  PinOutcome,
  RedeemOutcome,
  RequestReset,
  SendCode,
} from '../use-cases.ts';
import type { WrongTokens } from '../wrong-tokens.ts';

/** `POST /api/links`: tells what a link is good for and changes nothing. Source: OWASP O9, O24. */
export function createLinksRoute(choosePassword: ChoosePassword, wrongTokens: WrongTokens): Router {
  return createJsonCall('/api/links', LinkBody, async ({ token }, request, response) => {
    const answer = await choosePassword.look(token);
    if (answer.state === 'busy') throw new ApiFailure('link-busy');
    if (answer.state === 'unknown') {
      const waitSeconds = await wrongTokens.count(readClientAddress(request));
      if (waitSeconds !== undefined) throw tooMany(waitSeconds);
    }
    response.json(answer);
  });
}

/**
 * Jellyfin's login page, relative to `/gatehouse/`. The file is named because 10.8 knows no `/web/`.
 * Source: jellyfin 10.8.13, redirect of `/` to `/web/index.html`.
 */
const SIGN_IN_URL = '../web/index.html';

const PASSWORD_CODES: Readonly<
  Record<Exclude<RedeemOutcome['kind'], 'changed' | 'refused' | 'account-elsewhere'>, ApiErrorCode>
> = {
  unknown: 'link-unknown',
  expired: 'link-expired',
  used: 'link-used',
  busy: 'link-busy',
  'account-unavailable': 'account-unavailable',
  unreachable: 'jellyfin-unreachable',
  'not-kept': 'change-not-kept',
  'code-needed': 'code-needed',
  'code-wrong': 'code-wrong',
  'code-expired': 'code-expired',
  locked: 'link-locked',
};

/** Outcomes of guesses: of tokens, and of codes. */
const GUESSES: readonly RedeemOutcome['kind'][] = ['unknown', 'code-wrong', 'locked'];

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
    if (GUESSES.includes(outcome.kind)) {
      const waitSeconds = await wrongTokens.count(clientAddress, outcome.kind !== 'unknown');
      if (waitSeconds !== undefined) throw tooMany(waitSeconds);
    }
    throw new ApiFailure(PASSWORD_CODES[outcome.kind]);
  });
}

function tooMany(waitSeconds: number): ApiFailure {
  return new ApiFailure('too-many-requests', { headers: { 'Retry-After': String(waitSeconds) } });
}

const CODE_CODES: Readonly<
  Record<
    Exclude<CodeOutcome['kind'], 'sent' | 'not-needed' | 'proof-needed' | 'limited' | 'unknown'>,
    ApiErrorCode
  >
> = {
  expired: 'link-expired',
  used: 'link-used',
  busy: 'link-busy',
  'used-up': 'codes-used-up',
  'no-second-channel': 'account-unavailable',
  unreachable: 'jellyfin-unreachable',
  'not-sent': 'unavailable',
};

/**
 * `POST /api/codes`: sends the code that a link needs besides, after a person pressed the button of our page. The link stays as
 * it is. Source: OWASP O24.
 */
export function createCodesRoute(sendCode: SendCode, wrongTokens: WrongTokens): Router {
  return createJsonCall('/api/codes', CodeBody, async ({ token, proof }, request, response) => {
    const clientAddress = readClientAddress(request);
    const acceptLanguage = request.get('accept-language');
    const outcome = await sendCode.send({ token, proof, clientAddress, acceptLanguage });
    switch (outcome.kind) {
      case 'sent':
      case 'not-needed': {
        const answer: CodeAnswer = { channels: outcome.kind === 'sent' ? outcome.channels : [] };
        response.json(answer);
        return;
      }
      case 'proof-needed':
        answerChallenge(response, outcome.challenge);
        return;
      case 'limited':
        throw tooMany(outcome.waitSeconds);
      case 'unknown': {
        const waitSeconds = await wrongTokens.count(clientAddress);
        throw waitSeconds === undefined ? new ApiFailure('link-unknown') : tooMany(waitSeconds);
      }
      default:
        throw new ApiFailure(CODE_CODES[outcome.kind]);
    }
  });
}

function answerChallenge(response: Response, challenge: WorkChallenge): void {
  const { status, message } = API_ERRORS['proof-needed'];
  response.status(status).json({ code: 'proof-needed', message, challenge } satisfies ApiError);
}

const PIN_CODES: Readonly<Record<Extract<PinOutcome, { kind: 'wrong' }>['state'], ApiErrorCode>> = {
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
    if (outcome.kind === 'limited') throw tooMany(outcome.waitSeconds);
    if (outcome.kind === 'wrong') throw new ApiFailure(PIN_CODES[outcome.state]);
    const answer: PinAnswer = { token: outcome.token };
    response.json(answer);
  });
}

/**
 * `POST /api/reset-requests`: 202 and the same words for every name, before anything is looked up, so that neither words nor time
 * tell whether the account exists. Source: OWASP O1, O2; ASVS 5.0 6.3.8.
 */
export function createResetRequestsRoute(use: RequestReset, answer: ResetRequestAnswer = {}): Router {
  return createJsonCall(
    '/api/reset-requests',
    ResetRequestBody,
    async ({ enteredName, proof }, request, response) => {
      const clientAddress = readClientAddress(request);
      const asked = { enteredName, clientAddress, acceptLanguage: request.get('accept-language') };
      if ((await use.requestReset(asked, 'account-page', proof)) !== 'proof-needed') {
        response.status(202).json(answer);
        return;
      }
      answerChallenge(response, await use.challenge());
    },
  );
}
