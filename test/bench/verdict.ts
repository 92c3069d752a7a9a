/** What is asked of a row: so much at least, or at most. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** What a row says of its target. */
export type Verdict = 'met' | 'NOT MET' | 'undecided';

/** The middle of several rounds, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  /** Quartiles: one lost round in five does not move them. */
  readonly low: number;
  readonly high: number;
}

/** One row: what was measured, one number a round, and what is asked of it. */
export interface Question {
  readonly measure: string;
  /** Empty where there is nothing to compare with. */
  readonly nginx: readonly number[];
  readonly gatehouse: readonly number[];
  /** What is judged: the ratio of each pair, or the values of Gatehouse. */
  readonly results: readonly number[];
  readonly target: Target;
  /**
   * No cost is this small: a round at or below it was measured wrongly, e.g. from a base that was taken too late.
   *
   * @default `-Infinity`: every number is believed.
   */
  readonly impossible?: number;
}

/** A row as it is printed. */
export interface Row {
  readonly measure: string;
  readonly nginx: number;
  readonly gatehouse: number;
  readonly result: Spread;
  readonly target: string;
  readonly verdict: Verdict;
}

/**
 * Judges a row: `undecided` when the middle half of the rounds has the target within it, when a round cannot be true,
 * or when nothing was measured; else what the median says.
 */
export function judge({ measure, nginx, gatehouse, results, target, impossible }: Question): Row {
  const result = spreadOf(results);
  const isBelieved =
    results.length > 0 &&
    results.every((value) => Number.isFinite(value) && value > (impossible ?? Number.NEGATIVE_INFINITY));
  return {
    ...{ measure, nginx: spreadOf(nginx).median, gatehouse: spreadOf(gatehouse).median, result },
    target: 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`,
    verdict: isBelieved ? verdictOf(result, target) : 'undecided',
  };
}

function verdictOf({ low, high }: Spread, target: Target): Verdict {
  const isMet = (value: number): boolean =>
    'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
  if (isMet(low) !== isMet(high)) return 'undecided';
  return isMet(low) ? 'met' : 'NOT MET';
}

/** Median and quartiles; of fewer than five values, the least and the most. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const cut = Math.floor(sorted.length / 5);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    low: sorted[cut] ?? 0,
    high: sorted[sorted.length - 1 - cut] ?? 0,
  };
}
