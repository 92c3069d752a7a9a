import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MAX_WRONG_RESET_CODES } from '../../../server/ports/reset-codes.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { tempPostgresStorage, usePostgres } from '../../support/storage/temp-postgres.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
const MESSAGES = 120;
const message = {
  queue: 'email',
  contactId: undefined,
  kind: 'reset-link',
  userName: 'anna',
  language: 'en',
} as const;

/** Starts a process that works on the storage; `go` lets it begin and answers what it printed. */
async function startWorker(location: string, owner: string): Promise<{ go(): Promise<string[]> }> {
  const child = spawn(process.execPath, [WORKER, location, owner], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    async go() {
      child.stdin.write('go\n');
      const printed: string[] = [];
      for (let line = await lines.next(); line.done !== true; line = await lines.next())
        printed.push(line.value);
      return printed;
    },
  };
}

async function share(storage: Storage, location: string): Promise<void> {
  for (let i = 0; i < MESSAGES; i++)
    await storage.outbox.addMessage({ ...message, userId: `${i}`, key: `${i}` }, 1);
  for (let i = 0; i < 20; i++)
    await storage.links.add({
      tokenHash: `link ${i}`,
      userId: `${i}`,
      userName: 'anna',
      outboxId: i,
      expiresAt: 2_000_000_000_000,
    });
  const coded = { tokenHash: 'link with a code', userId: 'coded', userName: 'anna', outboxId: 999 };
  await storage.links.add({ ...coded, expiresAt: 2_000_000_000_000 });
  await storage.resetCodes.keep(coded.tokenHash, { hash: 'right', expiresAt: 2_000_000_000_000 }, 1);
  const workers = await Promise.all(['one', 'two'].map((owner) => startWorker(location, owner)));
  const printed = (await Promise.all(workers.map((worker) => worker.go()))).flat();

  const linesOf = (what: string) => printed.filter((line) => line.startsWith(what)).sort();
  expect(linesOf('end')).toHaveLength(2);
  expect(linesOf('message')).toHaveLength(MESSAGES);
  expect(new Set(linesOf('message')).size).toBe(MESSAGES);
  expect(await storage.outbox.count()).toMatchObject({ waiting: 7, done: 20, sent: MESSAGES });
  expect(linesOf('link')).toEqual(Array.from({ length: 20 }, (_, i) => `link ${i}`).sort());
  expect(linesOf('guess')).toHaveLength(MAX_WRONG_RESET_CODES);
  expect(linesOf('take')).toHaveLength(60);
  expect(linesOf('place')).toHaveLength(15);
  expect(linesOf('resolved')).toHaveLength(7);
  expect(new Set(linesOf('setting')).size).toBe(1);
}

describe('two processes share messages, links, limits, places and settings, and nothing is got twice', () => {
  const server = usePostgres();

  test('in a SQLite file', async () => {
    const storage = await tempStorage();
    await share(storage, storage.path);
  });

  test('in PostgreSQL', async () => {
    const storage = await tempPostgresStorage(server());
    await share(storage, storage.url);
  });
});
