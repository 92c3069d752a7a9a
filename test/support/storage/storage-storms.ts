import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { MIGRATIONS } from '../../../server/storage/sqlite/migrations.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { makeOldStorage } from './old-storage.ts';
import type { PostgresServer } from './postgres.ts';

const CHILD = join(import.meta.dirname, 'open-child.ts');

/**
 * Has a process bring an old SQLite file up to date and kills it at some moment of that; as often as `times`, each time
 * with another file. Each file must then be whole, of one schema or the other, and usable.
 */
export async function killWhileMigrating(times: number): Promise<void> {
  for (let round = 0; round < times; round++) {
    const folder = await tempFolder();
    const path = join(folder, 'gatehouse.db');
    makeOldStorage(path, 1);
    const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    await sleep((round * 60) / times);
    child.kill('SIGKILL');
    await gone;

    const db = new DatabaseSync(path);
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    const schema = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    expect(schema).toBeGreaterThanOrEqual(1);
    expect(schema).toBeLessThanOrEqual(MIGRATIONS.length);
    db.close();
    const storage = await openStorage(path);
    expect(await storage.contacts.ofUserName('önder')).toHaveLength(1);
    await storage.close();
    const names = await readdir(folder);
    expect(names.filter((name) => name.includes('.part'))).toEqual([]);
    // Every copy is of the schema before the one in its name.
    for (const name of names.filter((one) => /\.before-\d+$/.test(one))) {
      const copy = new DatabaseSync(join(folder, name), { readOnly: true });
      expect(copy.prepare('PRAGMA user_version').get()).toEqual({
        user_version: Number(/\d+$/.exec(name)?.[0]) - 1,
      });
      copy.close();
    }
  }
}

/**
 * Takes requests down, eight at once, while every connection is cut ten times a second, until `count` were kept. What was
 * promised to be kept must be there, once.
 *
 * @returns how many attempts failed meanwhile.
 */
export async function cutWhileKeeping(
  server: PostgresServer,
  storage: Storage,
  count: number,
): Promise<number> {
  const now = 1_800_000_000_000;
  const asked = { source: 'form', language: 'en', clientAddress: '192.0.2.1', enteredName: 'anna' } as const;
  const kept: number[] = [];
  let failures = 0;
  let isOver = false;
  const cuts = (async () => {
    while (!isOver) {
      await server.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gatehouse'`,
      );
      await sleep(100);
    }
  })();
  const ask = async (): Promise<void> => {
    while (kept.length < count) {
      try {
        kept.push((await storage.outbox.addRequest(asked, now, 1_000_000)) ?? -1);
      } catch (error) {
        expect(error).toMatchObject({ code: 'storage-unreachable' });
        failures += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  isOver = true;
  await cuts;

  const claimed: number[] = [];
  for (;;) {
    const works = await storage.outbox.claim('asked', 'one', now, 60_000, 500).catch(() => undefined);
    if (works === undefined) continue;
    if (works.length === 0) break;
    claimed.push(...works.map((work) => work.id));
  }
  expect(new Set(claimed).size).toBe(claimed.length);
  expect(new Set(kept).size).toBe(kept.length);
  expect(kept.filter((id) => !claimed.includes(id))).toEqual([]);
  return failures;
}
