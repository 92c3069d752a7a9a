/**
 * The address that stands in a message. Built from `public.url` and nothing else, so no request header can bend it;
 * the token stands in the fragment, which reaches no log and no Referer. Source: OWASP O14.
 *
 * @param publicUrl `public.url` of the config, with its base path; a slash at the end does not matter.
 */
export function createLinkAddress(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/gatehouse/reset#${token}`;
}
