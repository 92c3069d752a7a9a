import type { PasswordFault, PasswordRules } from '../server/http/contract.ts';

/** What a new password is measured against. */
export interface Measure {
  readonly rules: PasswordRules;
  /** Words the password must not be made of: user name, name of the server. */
  readonly names: readonly string[];
  /** Common passwords in the form of {@link canonical}; left out as long as (or when) the list cannot be had. */
  readonly common?: ReadonlySet<string> | undefined;
}

/** Shorter names stand in too many good passwords by chance. */
const SHORTEST_NAME_CHARACTERS = 3;

/** As the server compares: NFKC, lower case. The list comes in this form. */
function canonical(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function hasName(password: string, names: readonly string[]): boolean {
  return [...names, 'jellyfin']
    .map((name) => canonical(name.trim()))
    .some((name) => [...name].length >= SHORTEST_NAME_CHARACTERS && password.includes(name));
}

/**
 * Tells what is wrong with a password, in the order of `PasswordFault`; an empty list when nothing is.
 * Lengths count Unicode code points. The server has the last word; this only spares people a refusal.
 * Source: ASVS 5.0 6.2.1, 6.2.4, 6.2.9, 6.2.11.
 */
export function findFaults(password: string, { rules, names, common }: Measure): PasswordFault[] {
  const characters = [...password].length;
  const compared = canonical(password);
  const faults: PasswordFault[] = [];
  if (characters < rules.minLength) faults.push('too-short');
  if (characters > rules.maxLength) faults.push('too-long');
  if (common?.has(compared)) faults.push('common');
  if (hasName(compared, names)) faults.push('contains-name');
  return faults;
}
