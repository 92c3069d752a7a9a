/**
 * Names some of many for a sentence: `anna, ben and 3 more`.
 *
 * @param names As they are to be shown.
 * @param most How many are named; the rest is counted.
 * @param separator What stands between two of them. @default a comma
 */
export function nameSome(names: readonly string[], most: number, separator = ', '): string {
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return `${names.slice(0, most).join(separator)}${more}`;
}
