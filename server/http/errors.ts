import type { ApiError, ApiErrorCode, PasswordFault } from './contract.ts';

/** What a failed API call looks like from outside. */
export interface ApiErrorEntry {
  readonly status: number;
  /** One English sentence that says what happened and what to do. */
  readonly message: string;
}

/**
 * The catalogue: status and sentence of every code an API call may fail with. None of the sentences tells more about
 * an account than its code does. Source: RFC 9110 section 15.5 and 15.6; ASVS 5.0 16.5.1.
 */
export const API_ERRORS: Readonly<Record<ApiErrorCode, ApiErrorEntry>> = {
  'bad-body': { status: 400, message: 'The body is not what this call takes. Send JSON as the page does.' },
  'link-unknown': { status: 404, message: 'There is no such link. Ask for a new one.' },
  'link-expired': { status: 410, message: 'The link has expired. Ask for a new one.' },
  'link-used': { status: 410, message: 'The link was used already. Ask for a new one.' },
  'link-busy': {
    status: 409,
    message: 'A password is being set with this link right now. Wait a moment and try again.',
  },
  'password-refused': { status: 422, message: 'The password breaks a rule; `faults` says which.' },
  'account-unavailable': {
    status: 403,
    message: 'The password of this account cannot be set here. Ask the administrator.',
  },
  'account-elsewhere': {
    status: 403,
    message: 'The password of this account is kept by another system, not by Jellyfin. Change it there.',
  },
  'jellyfin-unreachable': {
    status: 503,
    message: 'Jellyfin could not be reached or failed. The link is still good: try again in a moment.',
  },
  'change-not-kept': {
    status: 503,
    message: 'Jellyfin did not keep the new password. The link is still good: try again in a moment.',
  },
  'too-many-requests': { status: 429, message: 'Too many tries. Wait as long as Retry-After says.' },
  'proof-needed': {
    status: 428,
    message: 'Many have asked. Solve the `challenge` first, then send the same again with its `proof`.',
  },
  'signed-out': { status: 401, message: 'Nobody is signed in here, or no longer. Sign in again.' },
  'sign-in-refused': {
    status: 401,
    message: 'Jellyfin did not let this person in. Check name and password.',
  },
  'password-wrong': { status: 403, message: 'Jellyfin did not take this password. Type it again.' },
  'address-refused': { status: 422, message: 'This is no address of that channel. Check how it is written.' },
  'code-needed': {
    status: 403,
    message: 'For this account a code is needed besides the link. Have it sent, and send it as `code`.',
  },
  'code-wrong': { status: 422, message: 'This is not the code that was sent. Check it and try again.' },
  'code-expired': { status: 410, message: 'The code has expired. Begin anew.' },
  'codes-used-up': {
    status: 409,
    message: 'No further code is sent for this link. Use the last one, or ask for a new link.',
  },
  'link-locked': {
    status: 410,
    message: 'Wrong codes were sent too often, so the link is of no use any more. Ask for a new one.',
  },
  'not-found': { status: 404, message: 'There is nothing at this address.' },
  unavailable: {
    status: 503,
    message: 'The reset service cannot be used at the moment. Try again in a moment.',
  },
  internal: { status: 500, message: 'Something went wrong here. The log of Gatehouse says what.' },
};

/** What a failure may say besides its code. */
export interface ApiFailureDetails {
  /** Only with `password-refused`. */
  readonly faults?: readonly PasswordFault[];
  /** Only with `account-elsewhere`. */
  readonly url?: string | undefined;
  /** Another status of the same kind, such as 413 for a body that is too large. */
  readonly status?: number;
  /** Headers of the answer, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown by a route to end an API call with a code of the catalogue. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly faults: readonly PasswordFault[] | undefined;
  readonly url: string | undefined;

  constructor(code: ApiErrorCode, details: ApiFailureDetails = {}) {
    super(API_ERRORS[code].message, { cause: details.cause });
    this.code = code;
    this.status = details.status ?? API_ERRORS[code].status;
    this.headers = details.headers ?? {};
    this.faults = details.faults;
    this.url = details.url;
  }

  /** The body of the answer. */
  toBody(): ApiError {
    return {
      code: this.code,
      message: this.message,
      ...(this.faults === undefined ? {} : { faults: this.faults }),
      ...(this.url === undefined ? {} : { url: this.url }),
    };
  }
}
