import { API_ERRORS, type ApiErrorEntry } from './errors.ts';

/** Codes that only calls of the admin API answer, beside those of every API call. */
export const ADMIN_ERRORS = {
  'needs-api-key': {
    status: 409,
    message:
      'This needs an API key of Jellyfin. Make one under Dashboard, API Keys, and write it to jellyfin.apiKey.',
  },
  'api-key-refused': {
    status: 503,
    message:
      'Jellyfin refuses the API key. Make one under Dashboard, API Keys, and write it to jellyfin.apiKey.',
  },
  'jellyfin-unreachable': {
    status: 503,
    message:
      'Jellyfin could not be reached or failed. Look what has become of it, and try again in a moment.',
  },
  'user-unknown': {
    status: 404,
    message: 'Jellyfin has no such user. Give the id of people/list, or the name as Dashboard, Users has it.',
  },
  'account-unavailable': {
    status: 409,
    message:
      'The password of this account cannot be reset: it is disabled, kept elsewhere, or that of an administrator whom the configuration keeps out.',
  },
  'no-contact': {
    status: 409,
    message: 'This person has no contact that a message could go to. Set one, make a link, or invite them.',
  },
  'no-second-channel': {
    status: 409,
    message:
      'This administrator has not two verified contacts on two channels, as reset.administrators: second-channel needs. Have them verify a second one in My Account, or make a link.',
  },
  'too-many-links': {
    status: 409,
    message: 'This account has as many live links as it may have. Wait until one of them has expired.',
  },
  'contact-unknown': { status: 404, message: 'This person has no contact on that channel.' },
  'channel-unknown': {
    status: 404,
    message: 'No such channel is set up. channels/check lists those that are.',
  },
  'address-refused': {
    status: 422,
    message: 'This is no address of that channel. Check how it is written.',
  },
  'address-undone': {
    status: 409,
    message:
      'The person took this address back by the link that told them of it. It cannot be set for them again for 30 days after that.',
  },
  'address-disowned': {
    status: 409,
    message:
      'Whoever reads this address said that the account is not theirs. It cannot be set for this person again for 30 days after that; the person can add it at My Account.',
  },
  'nothing-to-confirm': { status: 409, message: 'This person has no contact that waits to be confirmed.' },
  'message-unknown': { status: 404, message: 'No message of that number was given up.' },
  'message-is-request': {
    status: 409,
    message: 'This is a request, not a message: what was typed is forgotten, so the person has to ask again.',
  },
} as const satisfies Readonly<Record<string, ApiErrorEntry>>;

/** A code that only calls of the admin API answer. */
export type AdminErrorCode = keyof typeof ADMIN_ERRORS;

/** Thrown by a use case of the admin API to end a call with a code of {@link ADMIN_ERRORS}; nothing was changed. */
export class AdminFailure extends Error {
  override readonly name = 'AdminFailure';
  readonly code: AdminErrorCode;
  readonly status: number;

  /** @param about.message A sentence that says more than that of the code: no secret, no whole address. */
  constructor(code: AdminErrorCode, about: { readonly cause?: unknown; readonly message?: string } = {}) {
    super(about.message ?? ADMIN_ERRORS[code].message, { cause: about.cause });
    this.code = code;
    this.status = ADMIN_ERRORS[code].status;
  }

  /** The body of the answer. */
  toBody(): { readonly code: AdminErrorCode; readonly message: string } {
    return { code: this.code, message: this.message };
  }
}

/** Codes that every call of the admin API may answer. */
export const COMMON_ADMIN_CODES = [
  'bad-body',
  'signed-out',
  'too-many-requests',
  'unavailable',
  'internal',
] as const satisfies readonly (keyof typeof API_ERRORS)[];

/** Status and sentence of a code of the admin API. */
export function adminErrorEntry(code: AdminErrorCode | (typeof COMMON_ADMIN_CODES)[number]): ApiErrorEntry {
  return code in ADMIN_ERRORS
    ? ADMIN_ERRORS[code as AdminErrorCode]
    : API_ERRORS[code as (typeof COMMON_ADMIN_CODES)[number]];
}
