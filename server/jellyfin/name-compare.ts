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
