/** Longest name in a message, in characters. */
const MAX_NAME = 100;

/** A name from outside as it may stand in a subject or sentence: one line, no control signs, at most 100 characters. */
export function oneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join('')}…` : line;
}
