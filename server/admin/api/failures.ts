import { UseCaseError, type UseCaseErrorCode } from '../../errors/use-case-error.ts';
import { type AdminErrorCode, AdminFailure } from '../../http/admin-errors.ts';
import { JellyfinRefusedKeyError, JellyfinUnreachableError } from '../../jellyfin/errors.ts';

/** What the codes of use cases are called outside; those of calls that the API has not are left out. */
const CODES: { readonly [Code in UseCaseErrorCode]?: AdminErrorCode } = {
  'user-unknown': 'user-unknown',
  'account-unavailable': 'account-unavailable',
  'no-contact': 'no-contact',
  'no-second-channel': 'no-second-channel',
  'too-many-links': 'too-many-links',
  'contact-unknown': 'contact-unknown',
  'channel-unknown': 'channel-unknown',
  'address-refused': 'address-refused',
  'address-undone': 'address-undone',
  'address-disowned': 'address-disowned',
  'nothing-to-confirm': 'nothing-to-confirm',
  'needs-api-key': 'needs-api-key',
  'message-unknown': 'message-unknown',
  'message-is-request': 'message-is-request',
};

/** What a failure of a use case is to whoever called; one that has no code of the API is left as it is. */
export function toAdminFailure(error: unknown): unknown {
  const cause = { cause: error };
  if (error instanceof JellyfinRefusedKeyError) return new AdminFailure('api-key-refused', cause);
  if (error instanceof JellyfinUnreachableError) return new AdminFailure('jellyfin-unreachable', cause);
  const code = error instanceof UseCaseError ? CODES[error.code as UseCaseErrorCode] : undefined;
  if (code === undefined || !(error instanceof UseCaseError)) return error;
  return new AdminFailure(code, TELLING.has(code) ? { ...cause, message: toSentence(error.message) } : cause);
}

/** Codes whose use case says more than the catalogue: which name was probably meant, what is wrong with an address. */
const TELLING: ReadonlySet<AdminErrorCode> = new Set(['user-unknown', 'address-refused']);

function toSentence(words: string): string {
  const sentence = words.replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
