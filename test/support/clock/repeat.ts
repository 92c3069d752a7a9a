import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a call, with a pause after each, until the returned function is called; that answers how often it was made. */
export function repeat(act: (round: number) => Promise<unknown>, pauseMs: number): () => Promise<number> {
  let isOver = false;
  let count = 0;
  const running = (async () => {
    while (!isOver) {
      await act(count);
      count += 1;
      await sleep(pauseMs);
    }
  })();
  return async () => {
    isOver = true;
    await running;
    return count;
  };
}
