/**
 * The address that stands in a message. Built from `public.url` and nothing else, so no request header can bend it;
 * the token stands in the fragment, which reaches no log and no Referer. Source: OWASP O14.
 *
 * @param publicUrl `public.url` of the config, with its base path; a slash at the end does not matter.
 */
export function createLinkAddress(publicUrl: string, token: string): string {
  return `${ownAddress(publicUrl)}/reset#${token}`;
}

/**
 * The address of our page for PINs, made like {@link createLinkAddress}.
 *
 * @param pin In a message with a link, the PIN without dashes; it stands in the fragment. Absent: it is typed there.
 */
export function createPinAddress(publicUrl: string, pin?: string): string {
  return `${ownAddress(publicUrl)}/pin${pin === undefined ? '' : `#${pin}`}`;
}

function ownAddress(publicUrl: string): string {
  return `${publicUrl.replace(/(?<!\/)\/+$/, '')}/gatehouse`;
}
