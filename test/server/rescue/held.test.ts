import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineFile } from '../../../server/rescue/database-file.ts';
import { deleteKey, insertKey } from '../../../server/rescue/key-row.ts';
import { writeDatabase } from '../../../server/rescue/write-database.ts';
import { holdFile, holdFileNow } from '../../support/files/file-holder.ts';
import { makeDatabase, seeKeys, seePerson } from '../../support/rescue/jellyfin-database.ts';
import { NEW_PASSWORD, rescueHere } from '../../support/rescue/run-rescue.ts';
import { startStanding } from '../../support/rescue/standing-jellyfin.ts';

/** Holds the database for a moment, and lets go by itself. */
const HOLD_A_MOMENT = `
const { DatabaseSync } = require('node:sqlite');
const db = new DatabaseSync(process.argv[1], { timeout: 60_000 });
db.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
setTimeout(() => { db.exec('COMMIT'); db.close(); }, 500);
`;

describe('a database that another process writes to', { timeout: 60_000 }, () => {
  test('just when the rescue writes: nothing of it is changed, it says so, and the next one does it', async () => {
    const database = await makeDatabase('10.11.11');
    const before = readFileSync(database.path);
    let letGo = () => {};
    const rescued = rescueHere(database, {
      tell(step) {
        if (step.startsWith('writing to the database')) letGo = holdFileNow(database.path);
      },
    });
    await expect(rescued).rejects.toThrow(
      /^\/.*jellyfin\.db is held by another process; stop Jellyfin, and whatever else has it open, and try again\.$/,
    );
    letGo();
    expect(readFileSync(database.path).equals(before)).toBe(true);
    expect(await rescueHere(database)).toMatchObject({ isDone: true });
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
  });

  test('for a moment is waited for', async () => {
    const database = await makeDatabase('10.11.11');
    const file = await examineFile(database.path);
    const child = spawn(process.execPath, ['-e', HOLD_A_MOMENT, database.path]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const sql = "UPDATE Users SET InvalidLoginAttemptCount = 0 WHERE Username = 'Boss'";
    await writeDatabase(file, () => [{ sql, values: {}, isOneRow: true, says: '' }] as never, 60_000);
    expect(seePerson(database.path, 'Boss').failures).toBe(0);
  });

  // biome-ignore lint/plugin: only Linux tells who holds a lock
  test.runIf(process.platform === 'linux')(
    'keeps the API key out, or in, and leaves none behind',
    async () => {
      const database = await makeDatabase('10.11.11');
      const { owner } = await examineFile(database.path);
      await startStanding(database.path);
      const key = { path: database.path, owner, token: 'a'.repeat(32) };
      const letGo = await holdFile(database.path);
      await expect(insertKey(key)).rejects.toThrow(/is held by another process/);
      await letGo();
      expect(seeKeys(database.path)).toEqual(['Seerr']);
      await insertKey(key);
      const letGoAgain = await holdFile(database.path);
      await expect(deleteKey(key)).rejects.toThrow(/is held by another process/);
      await letGoAgain();
      await deleteKey(key);
      expect(seeKeys(database.path)).toEqual(['Seerr']);
    },
  );
});
