/** What each code says of what it is about. */
const SENTENCES = {
  /** Nobody has that name. */
  'user-unknown': (explanation: string) => explanation,
  /** @param fault as `readAddress` ends a sentence with it. */
  'address-refused': (fault: string) => `the address ${fault}`,
  /** @param until When it is forgotten, in ms since 1970; so also of the next. */
  'address-undone': (until: number) =>
    `the person took this address back by the link that told them of it; it cannot be set for them again before ${dayAfter(until)}`,
  'address-disowned': (until: number) =>
    `whoever reads this address said that the account is not theirs; it cannot be set for this person again before ${dayAfter(until)}, only the person can, at My Account`,
  'contact-verified': (name: string) => `${name} has a confirmed contact already`,
  'nothing-to-confirm': (name: string) => `${name} has no contact that waits to be confirmed`,
  'rate-refused': (most: number) => `the messages in an hour must be from 1 to ${most}`,
  'contact-unknown': () => 'this person has no contact on that channel',
  'channel-unknown': () => 'no such channel is set up',
  'no-contact': () => 'this person has no contact that a message could go to',
  'no-second-channel': () =>
    'this administrator has not two verified contacts on two channels, so a code could not come another way than the link',
  'account-unavailable': () =>
    'the password of this account cannot be reset: it is disabled, kept elsewhere, or that of an administrator whom the configuration keeps out',
  'too-many-links': () => 'this account has as many live links as it may have',
  'needs-api-key': () => 'this needs an API key of Jellyfin in jellyfin.apiKey',
  'administrator-stays': (name: string) =>
    `${name} is an administrator, and Jellyfin lets nobody disable one: take the administrator away on the dashboard, then disable the account`,
  'message-unknown': (id: number) => `no message ${id} was given up`,
  'message-is-request': (id: number) =>
    `${id} is a request, not a message: what was typed is forgotten, so the person has to ask again`,
  'reset-not-configured': () => 'the config has no reset section, so there is no page for a link',
  'accounts-incomplete': () =>
    'without jellyfin.apiKey Jellyfin tells of the users on its login screen only, so nobody can say who is gone; name them one by one',
  'limit-refused': (most: number) => `the number of entries must be from 1 to ${most}`,
} as const satisfies Readonly<Record<string, (about: never) => string>>;

/** The first day, in UTC, that has wholly begun when something is over, as `2027-01-01`. */
function dayAfter(time: number): string {
  return new Date(time + 24 * 60 * 60_000).toISOString().slice(0, 10);
}

/** Why a use case of `admin/` or `account/` was not done. Callers tell cases apart by it, never by the sentence. */
export type UseCaseErrorCode = keyof typeof SENTENCES;

/**
 * Tells that a use case cannot be done as it was asked for, and that nothing was changed. The message is one English
 * sentence with the fix where one is known: no token, no whole address. What fails of the world (`StorageError`,
 * `JellyfinUnreachableError`) is thrown as it is.
 */
export class UseCaseError<Code extends UseCaseErrorCode = UseCaseErrorCode> extends Error {
  override readonly name = 'UseCaseError';
  readonly code: Code;

  /** @param about What the sentence of the code is about; see the catalogue above. */
  constructor(code: Code, ...about: Parameters<(typeof SENTENCES)[Code]>) {
    const sentence: (...about: never) => string = SENTENCES[code];
    super(sentence(...(about as never)));
    this.code = code;
  }
}
