import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import { until } from '../support/clock/until.ts';
import { createAsker } from '../support/measure/timing.ts';
import { startAskingStage } from '../support/program/asking-stage.ts';

it('C18: requests are answered while 20,000 old rows go, and the young ones stay', async () => {
  expect((await askBeside(20_000)).medianMs).toBeLessThan(1_000);
}, 180_000);

const DAY_MS = 24 * 60 * 60_000;

/**
 * Lets the program work on a database with that many ended pieces of work and as many rows of the audit trail, half of
 * them too old to be kept. Answers the median and the slowest of a hundred (p99) requests for a reset, in milliseconds.
 * The old half must go meanwhile, the other must stay. Source: row C18 of the rows of availability.
 */
async function askBeside(rows: number): Promise<{ medianMs: number; p99Ms: number }> {
  const stage = await startAskingStage('accept', 10, undefined, (path) => fill(path, rows));
  const asker = createAsker(stage.url, 'form', '10.77');
  const times: number[] = [];
  for (let n = 0; n < 600; n += 1) times.push((await asker.ask(`nobody${n}`)).ms);
  asker.close();
  await until(() => stage.program.lines.some((line) => line['event'] === 'old-rows-removed'));
  const db = new DatabaseSync(stage.storagePath, { readOnly: true });
  const count = (text: string): number => Number(db.prepare(text).get()?.['many']);
  expect(count(`SELECT COUNT(*) AS many FROM outbox WHERE reason = 'filled'`)).toBe(rows / 2);
  expect(count(`SELECT COUNT(*) AS many FROM audit WHERE outcome = 'filled'`)).toBe(rows / 2);
  db.close();
  times.sort((a, b) => a - b);
  return { medianMs: times[300] ?? 0, p99Ms: times[594] ?? 0 };
}

async function fill(path: string, rows: number): Promise<void> {
  await (await openStorage(path)).close();
  const db = new DatabaseSync(path);
  const now = Date.now();
  db.exec('BEGIN');
  const work = db.prepare(
    `INSERT INTO outbox (lane, kind, state, language, user_id, created_at, waiting_since, due_at, ended_at, reason)
     VALUES ('email', 'reset-link', 'sent', 'en', ?, ?, ?, ?, ?, 'filled')`,
  );
  const trail = db.prepare(
    `INSERT INTO audit (at, event, user_id, outcome) VALUES (?, 'message-sent', ?, 'filled')`,
  );
  for (let n = 0; n < rows; n += 1) {
    const at = n % 2 === 0 ? now - DAY_MS : now - 4_000 * DAY_MS;
    const userId = (n % 1_000).toString(16).padStart(32, '0');
    work.run(userId, at, at, at, at);
    trail.run(at, userId);
  }
  db.exec('COMMIT');
  db.close();
}
