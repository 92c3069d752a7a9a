import { isAtLeast, parseJellyfinVersion } from './versions.ts';

/**
 * What a user name is compared by, as long as the name: upper case one character for one, as .NET's invariant culture does it: ß stays ß,
 * and no foreign letter turns into an ASCII one (dotless i, long s). Source: seen on Jellyfin 10.8.13 to 12.0, where
 * `ı` and `ſ` name nobody.
 */
export function userNameKey(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    const becomesAscii = letter > '\u007f' && upper <= '\u007f';
    return upper.length === letter.length && !becomesAscii ? upper : letter;
  }).join('');
}

/** Whether two user names are the same to Jellyfin: letter case aside, blanks and accents as they are. */
export function isSameUserName(one: string, other: string): boolean {
  // A key is as long as its name; without this a name of 64 kB, compared with that of every account, would cost seconds.
  return one.length === other.length && userNameKey(one) === userNameKey(other);
}

/** Blanks, line ends, and what keyboards and clipboards add without showing it (U+200B, U+200E, U+FEFF). */
const UNSEEN = /[\s\p{Cc}\p{Cf}]/u;

/**
 * Reads a name as somebody typed or pasted it: nothing unseen around it, and letters with their accents as one sign each
 * (Unicode NFC), which keyboards and spreadsheets of Apple write as two. No sign that stands alone is changed.
 *
 * Source: Jellyfin's own rule of names, 10.9 to 12.0, lets none begin or end with a blank; Unicode Standard Annex 15.
 */
export function readUserName(text: string): string {
  let begin = 0;
  let end = text.length;
  while (begin < end && UNSEEN.test(text.charAt(begin))) begin += 1;
  while (end > begin && UNSEEN.test(text.charAt(end - 1))) end -= 1;
  return text.slice(begin, end).replace(/\P{M}\p{M}+/gu, (letter) => letter.normalize('NFC'));
}

/** The keys (see `userNameKey`) under which an account that somebody means by a name may be kept; some may be the same. */
export function userNameKeys(name: string): readonly [string, string, string] {
  const read = readUserName(name);
  return [userNameKey(name), userNameKey(read), userNameKey(read.normalize('NFD'))];
}

/** Letter case of ASCII aside only. */
function asciiKey(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * The one of a list that somebody means by a name, in whichever way it came to us: through a form, the command line, a
 * file, a sign-in. On 10.11.0 to 10.11.9 it compares in ASCII only, so that `Ünal` and
 * `ünal` can be two accounts; on all others names that differ in letter case only are one. So the name as it is written
 * wins, then one that differs in ASCII only, then any other letter case: the last two differ on those versions alone,
 * where the name of nobody is then taken for the one that was probably meant. Last comes the name as `readUserName` reads
 * it, which Jellyfin itself would not find. Source: jellyfin, `COLLATE NOCASE` of
 * SQLite before the column `NormalizedUsername` of 10.11.10.
 */
export function findByUserName<T>(
  list: readonly T[],
  nameOf: (one: T) => string,
  name: string,
): T | undefined {
  return indexUserNames(list, nameOf)(name);
}

/**
 * The same for many names in one list: each costs the same however long the list is.
 *
 * @returns what `findByUserName` answers for a name.
 */
export function indexUserNames<T>(
  list: readonly T[],
  nameOf: (one: T) => string,
): (name: string) => T | undefined {
  const exact = firstBy(list, nameOf);
  const inAscii = lazy(() => firstBy(list, (one) => asciiKey(nameOf(one))));
  const inAnyCase = lazy(() => firstBy(list, (one) => userNameKey(nameOf(one))));
  const asRead = lazy(() => firstBy(list, (one) => userNameKey(readUserName(nameOf(one)))));
  return (name) =>
    exact.get(name) ??
    inAscii().get(asciiKey(name)) ??
    inAnyCase().get(userNameKey(name)) ??
    asRead().get(userNameKey(readUserName(name)));
}

function firstBy<T>(list: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const one of list) {
    const key = keyOf(one);
    if (!first.has(key)) first.set(key, one);
  }
  return first;
}

/** Most names are found as they are written: what the others need is made when one is not. */
function lazy<V>(make: () => V): () => V {
  let made: { readonly value: V } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether the version of a Jellyfin, as it says it, compares names in ASCII only; see `findByUserName`. */
export function foldsAsciiOnly(versionText: string): boolean {
  const version = parseJellyfinVersion(versionText);
  return version !== undefined && isAtLeast(version, 10, 11, 0) && !isAtLeast(version, 10, 11, 10);
}

/** Whether two user names are the same to a Jellyfin of that version. */
export function isSameUserNameIn(versionText: string, one: string, other: string): boolean {
  return foldsAsciiOnly(versionText) ? asciiKey(one) === asciiKey(other) : isSameUserName(one, other);
}
