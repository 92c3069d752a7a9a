import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canonicalPassword } from '../server/reset/password-rules.ts';

/**
 * Makes `server/reset/common-passwords.txt` anew, which is committed so that the installed program needs no further
 * package. Run by hand when the list should change:
 *
 *     npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-language-common-4.1.3.tgz
 *     node build/common-passwords.ts package/src/passwords.json
 *
 * Source: npm package @zxcvbn-ts/language-common 4.1.3 (MIT), src/passwords.json, most used first.
 */
const TARGET = fileURLToPath(new URL('../server/reset/common-passwords.txt', import.meta.url));

/** Shorter ones are refused for their length by every setting we allow (`reset.password.minLength` is 6 or more). */
const SHORTEST_CHARACTERS = 6;

/** What every list has to hold: the default setting refuses anything shorter for its length. */
const USUAL_CHARACTERS = 8;

/** Of those in between, only the most used ones, to keep small what the page has to load. */
const SHORT_ONES_UP_TO_RANK = 10_000;

function isListed(password: string, rank: number): boolean {
  const characters = [...password].length;
  return characters >= (rank < SHORT_ONES_UP_TO_RANK ? SHORTEST_CHARACTERS : USUAL_CHARACTERS);
}

const source = process.argv[2];
if (source === undefined) {
  process.stderr.write('usage: node build/common-passwords.ts PATH/TO/passwords.json\n');
  process.exitCode = 64;
} else {
  const passwords = JSON.parse(readFileSync(source, 'utf8')) as string[];
  const lines = new Set(passwords.map(canonicalPassword).filter(isListed));
  writeFileSync(TARGET, `${[...lines].join('\n')}\n`);
  process.stdout.write(`${lines.size} passwords written to ${TARGET}\n`);
}
