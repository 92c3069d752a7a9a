/** Runs tasks of the same key one after another, and those of different keys side by side. */
export interface OneAtATime {
  /** Runs a task when all earlier ones of its key have ended, well or not. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Whether a task of that key runs or waits. */
  isBusy(key: string): boolean;
}

/** Makes one, for this process. */
export function createOneAtATime(): OneAtATime {
  const tails = new Map<string, Promise<void>>();
  return {
    async run(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(task);
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      try {
        return await result;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
    isBusy: (key) => tails.has(key),
  };
}
