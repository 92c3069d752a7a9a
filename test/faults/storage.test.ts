import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';
import { askForm } from '../support/program/split-stage.ts';
import { cutWhileKeeping, killWhileMigrating } from '../support/storage/storage-storms.ts';
import { tempPostgresStorage, usePostgres } from '../support/storage/temp-postgres.ts';
import { tempStorage } from '../support/storage/temp-storage.ts';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;

describe('SQLite', () => {
  test(
    'kill -9 at 100 moments of a migration leaves one schema or the other (C10)',
    { timeout: 900_000 },
    () => killWhileMigrating(100),
  );

  test('a million old rows go in the background while requests are kept (C18)', {
    timeout: 900_000,
  }, async () => {
    const storage = await tempStorage();
    const db = new DatabaseSync(storage.path, { timeout: 60_000 });
    db.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
      INSERT INTO outbox (lane, kind, state, language, created_at, due_at, ended_at)
        SELECT 'asked', 'asked', 'done', 'en', 1, 1, ${NOW - 40 * DAY_MS} FROM n;
    `);
    db.close();
    let isOver = false;
    const ages = { now: NOW, endedBefore: NOW - 30 * DAY_MS, auditBefore: 0 };
    const removed = storage.removeOld(ages).finally(() => {
      isOver = true;
    });
    const times: number[] = [];
    const asked = {
      source: 'form',
      language: 'en',
      clientAddress: '192.0.2.1',
      enteredName: 'anna',
    } as const;
    while (!isOver) {
      const begin = performance.now();
      await storage.outbox.addRequest(asked, NOW, 1_000_000);
      times.push(performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await removed).toBe(1_000_000);
    const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY;
    // 20 ms on a quiet machine (C18); ten times that for a busy one.
    expect(p99).toBeLessThan(200);
  });
});

describe('PostgreSQL', () => {
  const server = usePostgres();

  test('connections cut for a minute lose nothing that was promised (C21)', {
    timeout: 600_000,
  }, async () => {
    const storage = await tempPostgresStorage(server());
    const until = performance.now() + 60_000;
    let failures = 0;
    while (performance.now() < until) failures += await cutWhileKeeping(server(), storage, 300);
    // Ten cuts a second for a minute: some of them hit work.
    expect(failures).toBeGreaterThan(0);
  });

  test('stopped where it stands: 503 after a while, nothing else waits, back at once (C9)', {
    timeout: 300_000,
  }, async () => {
    const subject = await createFakeSubject({ version: '10.11.11' });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const config = await readFile(stage.configPath, 'utf8');
    await stage.apply(config.replace(/^storage: .*$/m, `storage: '${server().freshUrl()}'`));
    expect((await askForm(stage.url, 'alice')).status).toBe(200);
    const thaw = await server().freeze();
    try {
      const asks = Array.from({ length: 20 }, () => askForm(stage.url, 'alice'));
      for (let i = 0; i < 20; i++) expect((await fetch(`${stage.url}/System/Info/Public`)).status).toBe(200);
      expect((await Promise.all(asks)).map((answer) => answer.status)).toEqual(asks.map(() => 503));
    } finally {
      thaw();
    }
    await vi.waitFor(async () => expect((await askForm(stage.url, 'bob')).status).toBe(200));
  });
});
