import { domainToASCII } from 'node:url';

/** What a text is as a mail address. */
export type ReadAddress = { readonly address: string } | { readonly fault: string };

/** Longest address that fits into SMTP. Source: RFC 5321 section 4.5.3.1.3 and its erratum 1690. */
const MAX_ADDRESS = 254;

/** Longest part before the @, in bytes. Source: RFC 5321 section 4.5.3.1.1. */
const MAX_LOCAL = 64;

/**
 * Letters and signs that need no quotes before the @, and letters, digits and marks of every script; no piece begins with a
 * mark, which would show on the sign before it. Source: RFC 5322 section 3.2.3 (dot-atom), RFC 6531 section 3.3.
 */
const LOCAL =
  /^[\p{L}\p{Nd}!#$%&'*+/=?^_`{|}~-][\p{L}\p{Nd}\p{M}!#$%&'*+/=?^_`{|}~-]*(\.[\p{L}\p{Nd}!#$%&'*+/=?^_`{|}~-][\p{L}\p{Nd}\p{M}!#$%&'*+/=?^_`{|}~-]*)*$/u;

/** Signs that nobody sees, among the letters and marks too, such as Hangul fillers. Source: UAX 44, Default_Ignorable_Code_Point. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Whether a text is ASCII alone; an address that is not goes only to servers that take such (SMTPUTF8). */
export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Whether two addresses on one channel are the same, letter case aside, as contacts are kept. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Reads one plain mail address, e.g. ` Anna@Example.ORG ` as `Anna@example.org`: spaces around it go, the domain is
 * put in lower case and, where it is not ASCII, in its xn-- form; letters that can be written in two ways are written in one
 * (NFC). Lists, groups, names, quotes, comments and line
 * breaks are faults, so that one address can never become two recipients or another header.
 *
 * @returns the address, or the fault as the end of a sentence that begins with the address.
 */
export function readAddress(text: string): ReadAddress {
  const address = text.trim().normalize('NFC');
  if (address === '') return { fault: 'is empty' };
  if (address.length > MAX_ADDRESS) return { fault: `is longer than ${MAX_ADDRESS} characters` };
  const at = address.lastIndexOf('@');
  if (at < 0) return { fault: 'has no @' };
  const local = address.slice(0, at);
  const typedDomain = address.slice(at + 1);
  if (Buffer.byteLength(local) > MAX_LOCAL)
    return { fault: `has more than ${MAX_LOCAL} characters before the @` };
  if (!LOCAL.test(local) || INVISIBLE.test(local)) {
    return { fault: 'must be one plain address, such as anna@example.org, with no spaces, commas or quotes' };
  }
  const domain = /[\s%/\\:?#@[\]]/.test(typedDomain) ? '' : domainToASCII(typedDomain).toLowerCase();
  if (!DOMAIN.test(domain)) return { fault: 'has no domain such as example.org after the @' };
  const whole = `${local}@${domain}`;
  return Buffer.byteLength(whole) > MAX_ADDRESS
    ? { fault: `is longer than ${MAX_ADDRESS} characters` }
    : { address: whole };
}
