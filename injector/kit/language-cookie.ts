/**
 * Name of the cookie in which our script says the language of Jellyfin's web client, for as long as the Forgot Password form
 * shows. Its value is a tag as the client has it, such as `de-de`.
 */
export const LANGUAGE_COOKIE = 'gatehouse-language';

/** The languages that a request wants: that of the client where it says one, then those of the browser. */
export function wantedLanguages(headers: {
  readonly cookie?: string | undefined;
  readonly 'accept-language'?: string | undefined;
}): string | undefined {
  const chosen = /(?:^|; ?)gatehouse-language=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?:;|$)/.exec(
    headers.cookie ?? '',
  )?.[1];
  const accepted = headers['accept-language'];
  if (chosen === undefined) return accepted;
  return accepted === undefined ? chosen : `${chosen}, ${accepted}`;
}
