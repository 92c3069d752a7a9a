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

/** Letter case of ASCII aside only. */
function asciiKey(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * The one of a list that Jellyfin means by a name. On 10.11.0 to 10.11.9 it compares in ASCII only, so that `Ünal` and
 * `ünal` can be two accounts; on all others names that differ in letter case only are one. So the name as it is written
 * wins, then one that differs in ASCII only, then any other letter case: the last two differ on those versions alone,
 * where the name of nobody is then taken for the one that was probably meant. Source: jellyfin, `COLLATE NOCASE` of
 * SQLite before the column `NormalizedUsername` of 10.11.10.
 */
export function findByUserName<T>(
  list: readonly T[],
  nameOf: (one: T) => string,
  name: string,
): T | undefined {
  const key = asciiKey(name);
  return (
    list.find((one) => nameOf(one) === name) ??
    list.find((one) => asciiKey(nameOf(one)) === key) ??
    list.find((one) => isSameUserName(nameOf(one), name))
  );
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
