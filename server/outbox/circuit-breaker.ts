/** Keeps a queue from hammering what is down. */
export interface CircuitBreaker {
  /**
   * How many more pieces of work may start now, when `running` are under way: `slow` of them for so long that the others
   * need not wait for their end.
   */
  allowance(running: number, slow?: number): number;
  /** In how many ms `allowance` may be above 0 again; 0 when time alone changes nothing. */
  opensInMs(): number;
  /** Whether the other side has answered a short time ago, and not failed since. */
  isProven(): boolean;
  /** What a piece of work that begins now gives `succeed` when it ends. */
  mark(): number;
  /**
   * The other side answered. True when it had been away before. What was under way when something else failed proves
   * nothing of the time after.
   */
  succeed(mark: number): boolean;
  /** The other side is away. `pauseMs`: it asks for no try before so many milliseconds are over. @default 0 */
  fail(pauseMs?: number): void;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** After that long without work, whether the other side is there is not known any more. */
const PROOF_KEPT_MS = 10_000;

/** How many times `width` may be under way, those included that take long. */
const MOST_SLOW = 4;

/**
 * Makes the breaker of a queue. Until the other side has answered, after 10 s without work, and again after it was found
 * away, one try is made at a time; while it is away, each a second after the last failed, later 15 s. Once it answers,
 * `width` at a time. What takes long holds up the others only when it is four times `width`.
 *
 * @param elapsedMs A stopwatch, not a clock: setting the clock must neither shut nor open it.
 */
export function createCircuitBreaker(width: number, elapsedMs: () => number): CircuitBreaker {
  let provenAt = Number.NEGATIVE_INFINITY;
  let epoch = 0;
  let failures = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  function opensInMs(): number {
    if (failures === 0) return 0;
    const pauseMs = Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
    return Math.max(0, failedAt + pauseMs - elapsedMs(), pausedUntil - elapsedMs());
  }
  const isProven = (): boolean => elapsedMs() - provenAt < PROOF_KEPT_MS;
  return {
    isProven,
    allowance: (running, slow = 0) => {
      const room = Math.max(0, Math.min(width - (running - slow), MOST_SLOW * width - running));
      if (isProven()) return room;
      return running > slow || opensInMs() > 0 ? 0 : Math.min(1, room);
    },
    opensInMs,
    mark: () => epoch,
    succeed: (mark) => {
      if (mark !== epoch) return false;
      const wasAway = failures > 0;
      provenAt = elapsedMs();
      failures = 0;
      return wasAway;
    },
    fail: (pauseMs = 0) => {
      epoch += 1;
      provenAt = Number.NEGATIVE_INFINITY;
      // What fails together is one failure: all of it was under way when the other side went.
      if (failures === 0 || elapsedMs() - failedAt >= SHORTEST_PAUSE_MS) failures += 1;
      failedAt = elapsedMs();
      pausedUntil = Math.max(pausedUntil, failedAt + pauseMs);
    },
  };
}
