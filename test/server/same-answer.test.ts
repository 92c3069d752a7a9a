import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createAsker, WAYS } from '../support/measure/timing.ts';
import { type AskingStage, startAskingStage } from '../support/program/asking-stage.ts';

/** Everything a name can be to Jellyfin and to us. */
const NAMES = [
  ...['person0000', 'PERSON0001', ' person0002 ', 'person0000@example.org', 'PERSON0001@EXAMPLE.ORG'],
  ...['admin', 'disabled', 'unreachable'],
  ...[
    'nobody',
    'nobody@example.org',
    'x',
    'a'.repeat(200),
    'Ünï çödé 🎬',
    '\u202eevil',
    "'; DROP TABLE contacts; --",
  ],
  ...[
    '<script>alert(1)</script>',
    'a\r\nb',
    '{"$ne":null}',
    '%00',
    '__proto__',
    'constructor',
    '0',
    'null',
    '[]',
  ],
];

let networks = 0;

/** Asks for every name in both ways; answers what was seen, each different thing once a way. */
async function differentAnswers(stage: AskingStage, names = NAMES): Promise<number[]> {
  return await Promise.all(
    (Object.keys(WAYS) as (keyof typeof WAYS)[]).map(async (way) => {
      networks += 1;
      const asker = createAsker(stage.url, way, `10.${networks}`);
      const seen = new Set<string>();
      for (const name of names) seen.add((await asker.ask(name)).seen);
      asker.close();
      return seen.size;
    }),
  );
}

/** One of each kind, for the conditions in which a request may take long. */
const FEW = [
  'person0000',
  'person0000@example.org',
  'disabled',
  'unreachable',
  'nobody',
  'nobody@example.org',
];

describe('every name gets the same status, headers, length and words', { timeout: 120_000 }, () => {
  it('while all is well, mail is slow, silent or refused, Jellyfin is away, and the database is busy', async () => {
    const stage = await startAskingStage('accept', 5);
    expect(await differentAnswers(stage)).toEqual([1, 1]);
    for (const answer of ['slow', 'hang', 'permanent'] as const) {
      stage.inbox.refuse(answer);
      expect([answer, await differentAnswers(stage, FEW)]).toEqual([answer, [1, 1]]);
    }
    await stage.jellyfin.setPhase('refused');
    expect(await differentAnswers(stage, FEW)).toEqual([1, 1]);
    await stage.jellyfin.setPhase('ready');

    const db = new DatabaseSync(stage.storagePath, { timeout: 5_000 });
    db.exec('BEGIN EXCLUSIVE');
    const asked = differentAnswers(stage, FEW);
    await sleep(300);
    db.exec('COMMIT');
    db.close();
    expect(await asked).toEqual([1, 1]);
  });

  it('also past the limits, where nothing is done any more', async () => {
    const stage = await startAskingStage('accept', 5, '{ limits: { messagesPerAccountPerHour: 1 } }');
    const asker = createAsker(stage.url, 'form', '10.200');
    const seen = new Set<string>();
    for (let n = 0; n < 6; n += 1)
      for (const name of ['person0000', 'nobody']) seen.add((await asker.ask(name)).seen);
    asker.close();
    await stage.program.logged('reset-limited');
    expect([...seen]).toHaveLength(1);
  });
});
