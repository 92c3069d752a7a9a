/**
 * The candidate somebody most likely meant, or undefined when none is near: letter case, `-` and `_` do not count,
 * and about one letter in three may be wrong.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const offered = fold(candidate);
    const distance = countEdits(wanted, offered);
    const isNear = distance <= Math.max(1, Math.floor(Math.min(wanted.length, offered.length) / 3));
    if (isNear && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** How names are compared: without letter case, `-` and `_`. */
export function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Edits (insert, remove, replace, swap of neighbours) that turn one word into the other; long words are cut at 64. */
export function countEdits(from: string, to: string): number {
  const [a, b] = [from.slice(0, 64), to.slice(0, 64)];
  let [beforeLast, last]: [number[], number[]] = [
    [],
    Array.from({ length: b.length + 1 }, (_, index) => index),
  ];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
