import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startPager } from '../../support/mail/pager-channel.ts';
import { killHard, readStates } from '../../support/program/killed-outbox.ts';

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'delivery-child.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** In which queue the one message waits, read past our own code. */
function queueOf(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare(`SELECT lane FROM outbox WHERE kind = 'reset-link'`).get()?.['lane'];
  } finally {
    db.close();
  }
}

test.each(['first', 'second'])(
  'kill -9 while a message waits for the %s of two contacts: after a restart it arrives once, at the second',
  { timeout: 90_000 },
  async (queue) => {
    for (const afterMs of [0, 40, 300]) {
      const path = join(await tempFolder(), 'gatehouse.db');
      const first = await startPager({ answersNothing: true });
      const hangs = { answersNothing: true };
      const second = await startPager(hangs);
      const killed = start(path, first.url, second.url, 'ask');
      if (killed.stdout !== null) await once(killed.stdout, 'data');
      await vi.waitFor(() => expect(queueOf(path)).toBe(queue), { timeout: 20_000, interval: 10 });
      await sleep(afterMs);
      await killHard(killed);
      hangs.answersNothing = false;
      const next = start(path, first.url, second.url, 'run');
      await vi.waitFor(() => expect(readStates(path)).toEqual({ done: 1, sent: 1 }), { timeout: 30_000 });
      await killHard(next);
      expect(second.pages).toHaveLength(1);
      expect(first.pages).toEqual([]);
    }
  },
);
