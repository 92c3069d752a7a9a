import { readFileSync } from 'node:fs';

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
