import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so, however long the machine takes; the time limit of the test is the only one. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(2);
}
