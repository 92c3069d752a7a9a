/** How long after a silence of the server nobody but one asks it, in milliseconds. */
const REST_MS = 1_000;

/** How many may wait for their turn; whoever comes then is refused. */
const MAX_WAITING = 5_000;

/** Lets a few through at once, and nobody while the server behind it is known to be silent. */
export interface ConnectionBreaker {
  /**
   * Runs the work when it is its turn. While the server is silent, all are turned away at once but one a second, which
   * tries.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Makes one. Without it, all who ask a server that hangs would wait out a time limit each, one behind the other.
 *
 * @param options.width How many at once.
 * @param options.isSilence Whether a failure means that the server did not answer in time.
 * @param options.whileSilent Makes the error for those who are turned away because of that.
 * @param options.whileFull Makes the error for those who are turned away because too many wait.
 */
export function createConnectionBreaker(options: {
  readonly width: number;
  readonly isSilence: (error: unknown) => boolean;
  readonly whileSilent: () => Error;
  readonly whileFull: () => Error;
}): ConnectionBreaker {
  const { width, isSilence, whileSilent, whileFull } = options;
  const waiting: (() => void)[] = [];
  let inside = 0;
  /** While it is silent: when the next may try. */
  let tryAt: number | undefined;

  function refuseWhileSilent(): void {
    if (tryAt === undefined) return;
    if (performance.now() < tryAt) throw whileSilent();
    // Whoever this is tries for all others; it may take as long as a time limit.
    tryAt = Number.POSITIVE_INFINITY;
  }

  async function enter(): Promise<void> {
    if (inside < width) {
      inside += 1;
      return;
    }
    if (waiting.length >= MAX_WAITING) throw whileFull();
    // The place of whoever leaves is handed over, so `inside` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      tryAt = undefined;
      return result;
    } catch (error) {
      // Any other failure is an answer.
      tryAt = isSilence(error) ? performance.now() + REST_MS : undefined;
      throw error;
    }
  }

  return {
    async run(work) {
      await enter();
      try {
        refuseWhileSilent();
        return await attempt(work);
      } finally {
        leave();
      }
    },
  };
}
