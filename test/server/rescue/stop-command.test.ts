import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDatabase, seePerson } from '../../support/rescue/jellyfin-database.ts';
import { NEW_PASSWORD, rescueHere } from '../../support/rescue/run-rescue.ts';
import { startStanding } from '../../support/rescue/standing-jellyfin.ts';

describe('a rescue that may stop Jellyfin', () => {
  test.each([true, false])('does so, writes, and starts it again (lock lost: %s)', async (losesLock) => {
    const database = await makeDatabase('10.11.11');
    const { pid } = await startStanding(database.path, { losesLock });
    const mark = join(dirname(database.dataFolder), 'started');

    const report = await rescueHere(database, {
      user: 'boss',
      stopCommand: `kill ${pid}`,
      startCommand: `touch '${mark}'`,
    });

    expect(report).toMatchObject({ isDone: true });
    expect(existsSync(mark)).toBe(true);
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
  });

  test('starts it again also when nothing could be done, and says so when that fails', async () => {
    const database = await makeDatabase('10.11.11');
    const { pid } = await startStanding(database.path, { losesLock: true });
    const mark = join(dirname(database.dataFolder), 'started');
    const nobody = rescueHere(database, {
      user: 'zoe',
      stopCommand: `kill ${pid}`,
      startCommand: `touch '${mark}'`,
    });
    await expect(nobody).rejects.toThrow('Nobody is called "zoe"');
    expect(existsSync(mark)).toBe(true);

    const again = await startStanding(database.path);
    const report = await rescueHere(database, { stopCommand: `kill ${again.pid}`, startCommand: 'exit 5' });
    expect(report).toMatchObject({
      isDone: false,
      isPasswordSet: true,
      notes: ['exit 5 ended with 5; start Jellyfin yourself.'],
    });
  });

  test('writes nothing when the command fails', async () => {
    const database = await makeDatabase('10.11.11');
    await startStanding(database.path);
    await expect(rescueHere(database, { stopCommand: 'exit 3' })).rejects.toThrow('exit 3 ended with 3');
    expect(existsSync(`${database.path}-wal`)).toBe(true);
  });
});
