/**
 * Makes what runs one job for all who ask for the same at the same time: whoever comes while it runs gets its result, a
 * failure among them. Nothing is kept afterwards.
 */
export function createCoalescing<Key, Result>(): (key: Key, run: () => Promise<Result>) => Promise<Result> {
  const underWay = new Map<Key, Promise<Result>>();
  return (key, run) => {
    let running = underWay.get(key);
    if (running === undefined) {
      running = run().finally(() => underWay.delete(key));
      underWay.set(key, running);
    }
    return running;
  };
}
