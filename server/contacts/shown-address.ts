/** Letters before the @ that are shown, and digits or letters of what is no mail address. */
const SHOWN = 2;

/**
 * Shortens an address for people who may know whose it is and not where it leads: `anna@example.org` is `an…@example.org`,
 * and of a number or a name of a chat the end is left: `…42`. Of what is hardly longer than that, nothing is.
 */
export function showAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${at > SHOWN ? address.slice(0, SHOWN) : ''}…${address.slice(at)}`;
  const signs = [...address];
  return signs.length > 2 * SHOWN ? `…${signs.slice(-SHOWN).join('')}` : '…';
}
