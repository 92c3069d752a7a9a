import { domainToASCII } from 'node:url';

/** What a text is as a mail address. */
export type ReadAddress = { readonly address: string } | { readonly fault: string };

/** Longest address that fits into SMTP. Source: RFC 5321 section 4.5.3.1.3 and its erratum 1690. */
const MAX_ADDRESS = 254;

/** Longest part before the @. Source: RFC 5321 section 4.5.3.1.1. */
const MAX_LOCAL = 64;

/** Letters and signs that need no quotes before the @. Source: RFC 5322 section 3.2.3 (dot-atom). */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * Reads one plain mail address, e.g. ` Anna@Example.ORG ` as `Anna@example.org`: spaces around it go, the domain is
 * put in lower case and, where it is not ASCII, in its xn-- form. Lists, groups, names, quotes, comments and line
 * breaks are faults, so that one address can never become two recipients or another header.
 *
 * @returns the address, or the fault as the end of a sentence that begins with the address.
 */
export function readAddress(text: string): ReadAddress {
  const address = text.trim();
  if (address === '') return { fault: 'is empty' };
  if (address.length > MAX_ADDRESS) return { fault: `is longer than ${MAX_ADDRESS} characters` };
  const at = address.lastIndexOf('@');
  if (at < 0) return { fault: 'has no @' };
  const local = address.slice(0, at);
  const typedDomain = address.slice(at + 1);
  if (local.length > MAX_LOCAL) return { fault: `has more than ${MAX_LOCAL} characters before the @` };
  if (!LOCAL.test(local)) {
    return { fault: 'must be one plain address, such as anna@example.org, with no spaces, commas or quotes' };
  }
  const domain = /[\s%/\\:?#@[\]]/.test(typedDomain) ? '' : domainToASCII(typedDomain).toLowerCase();
  if (!DOMAIN.test(domain)) return { fault: 'has no domain such as example.org after the @' };
  const whole = `${local}@${domain}`;
  return whole.length > MAX_ADDRESS
    ? { fault: `is longer than ${MAX_ADDRESS} characters` }
    : { address: whole };
}
