/** How much of an allowance is used. */
export interface LimitState {
  /** After a take: this take was within the allowance. After a look: the next take would be. */
  readonly isWithin: boolean;
  /** Takes in the running window, those over the allowance included. */
  readonly used: number;
  /** When the window ends and the count begins anew; with no take yet, now. */
  readonly endsAt: number;
}

/** Counts how often somebody does something; over restarts, and over all processes on one storage. */
export interface Limits {
  /** Takes one of the key's allowance in one atomic step. A window begins with the first take after the last one's end. */
  take(
    key: string,
    allowance: { readonly points: number; readonly windowMs: number },
    now: number,
  ): Promise<LimitState>;
  /** Gives so many takes of the running window back, as if they had not been made; takes made meanwhile stay. */
  giveBack(key: string, takes: number): Promise<void>;
  /**
   * Looks without taking; measures with the allowance of the last take.
   *
   * @param windowMs The key's window, default a day; counts that end later were written before the clock was set back.
   */
  read(key: string, now: number, windowMs?: number): Promise<LimitState>;
  /** Forgets the key. */
  clear(key: string): Promise<void>;
}

/**
 * How long is to be waited for a time to come, in whole seconds and at least one: what `Retry-After` says (RFC 9110 10.2.3).
 *
 * @param until Such as `endsAt` of a {@link LimitState}, in milliseconds since 1970 as `now` is.
 */
export function waitSecondsUntil(until: number, now: number): number {
  return Math.max(1, Math.ceil((until - now) / 1000));
}
