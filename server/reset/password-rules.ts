import { readFileSync } from 'node:fs';
import type { PasswordFault, PasswordRules } from '../http/contract.ts';

/** The offline list of passwords many people use. */
export interface CommonPasswords {
  /** One password a line, in the form of `canonicalPassword`: what the page is given. */
  readonly text: string;
  readonly set: ReadonlySet<string>;
}

/** The list that comes with the program: about 18,000 passwords of 8 characters and more, and the most used of 6 and 7. */
const OWN_LIST = new URL('./common-passwords.txt', import.meta.url);

/**
 * Reads the list of common passwords. Needs no network.
 *
 * @param file Default: the list beside this file, made by `build/common-passwords.ts`.
 * @throws {Error} when the file cannot be read: the installation is not whole.
 */
export function readCommonPasswords(file: URL | string = OWN_LIST): CommonPasswords {
  const text = readFileSync(file, 'utf8');
  return { text, set: new Set(text.split('\n').filter((line) => line !== '')) };
}

/** What a new password is measured against. */
export interface PasswordMeasure {
  readonly rules: PasswordRules;
  /** Words that must not stand in it: user name, name of the server. `jellyfin` is always one of them. */
  readonly names: readonly string[];
  /** Common passwords as `canonicalPassword` writes them. */
  readonly common: ReadonlySet<string>;
}

/** Shorter names stand in too many good passwords by chance. */
const SHORTEST_NAME_CHARACTERS = 3;

/**
 * The form in which passwords are compared with the list and with names: NFKC, lower case. Only for comparing;
 * Jellyfin gets the password exactly as it was typed.
 */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC').toLowerCase();
}

function hasName(canonical: string, names: readonly string[]): boolean {
  return [...names, 'jellyfin']
    .map((name) => canonicalPassword(name.trim()))
    .some((name) => [...name].length >= SHORTEST_NAME_CHARACTERS && canonical.includes(name));
}

/**
 * Tells what is wrong with a password, in the order of `PasswordFault`; empty when nothing is. Lengths count Unicode
 * code points. There are no rules about kinds of characters: any text is allowed. Pure, never throws.
 * Source: ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11, 6.2.12; NIST SP 800-63B-4 3.1.1.2.
 */
export function findPasswordFaults(
  password: string,
  { rules, names, common }: PasswordMeasure,
): PasswordFault[] {
  const characters = [...password].length;
  const canonical = canonicalPassword(password);
  const faults: PasswordFault[] = [];
  if (characters < rules.minLength) faults.push('too-short');
  if (characters > rules.maxLength) faults.push('too-long');
  if (common.has(canonical)) faults.push('common');
  if (hasName(canonical, names)) faults.push('contains-name');
  return faults;
}
