/** First and longest pause between tries of one row. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Pauses of a row that was refused for now: 5 s, 10 s, 20 s … 10 minutes. Somebody waits for it in front of a screen,
 * so not the half hour mail between servers takes; greylisting commonly ends after one to five minutes.
 * Source: RFC 5321 section 4.5.4.1.
 */
export const ROW_BACKOFF: Backoff = { firstMs: 5_000, maxMs: 10 * 60_000 };

/** Pauses while the other side is away as a whole: shorter, so that its return is soon seen. */
export const STALLED_BACKOFF: Backoff = { firstMs: 5_000, maxMs: 60_000 };

/** For how long a row is tried before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** How long after the start, or after the clock was set, nothing is given up: a machine that was off tries again too. */
export const GIVE_UP_GRACE_MS = 20 * 60_000;

/** The longest pause there is, chance included: a row due later than that is due by mistake. */
export const LONGEST_PAUSE_MS = ROW_BACKOFF.maxMs * 1.25;

/**
 * How long to wait after a try: doubles each time, with up to a quarter more at random so that rows that failed
 * together do not come back together.
 *
 * @param tries How many there were, at least 1.
 * @param random In [0, 1).
 */
export function pauseAfter(tries: number, backoff: Backoff, random: number): number {
  const plain = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(tries - 1, 30));
  return Math.round(plain * (1 + random / 4));
}
