/** How long others wait for a question to Jellyfin that somebody has asked already, in milliseconds. */
export const JOIN_PATIENCE_MS = 2_000;

/**
 * Makes what runs one job for all who ask for the same at the same time: whoever comes while it runs gets its result, a
 * failure among them. Nothing is kept afterwards.
 *
 * @param patienceMs After so long the job is run once more, for all who still wait and for who comes then; what is done
 *   first counts, for each who waits for both. Default: never.
 */
export function createCoalescing<Key, Result>(
  patienceMs?: number,
): (key: Key, run: () => Promise<Result>) => Promise<Result> {
  const underWay = new Map<Key, Promise<Result>>();

  function start(key: Key, run: () => Promise<Result>): Promise<Result> {
    const running = run().finally(() => {
      if (underWay.get(key) === running) underWay.delete(key);
    });
    underWay.set(key, running);
    return running;
  }

  return (key, run) => {
    const running = underWay.get(key) ?? start(key, run);
    if (patienceMs === undefined) return running;
    return firstOf(running, patienceMs, () => {
      const current = underWay.get(key);
      return current === undefined || current === running ? start(key, run) : current;
    });
  };
}

/** The result of a job, or of the one that is begun when it takes too long: of whichever is done first. */
function firstOf<Result>(
  running: Promise<Result>,
  patienceMs: number,
  again: () => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let open = 1;
    const fail = (error: unknown): void => {
      open -= 1;
      clearTimeout(late);
      if (open === 0) reject(error);
    };
    const late = setTimeout(() => {
      open += 1;
      again().then(resolve, fail);
    }, patienceMs);
    running.then((result) => {
      clearTimeout(late);
      resolve(result);
    }, fail);
  });
}
