import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MAY_MOUNT } from '../../support/files/small-disk.ts';
import type { Ended } from '../../support/program/program.ts';
import { type MadeDatabase, makeDatabase, seePerson } from '../../support/rescue/jellyfin-database.ts';
import { NEW_PASSWORD, rescueWords } from '../../support/rescue/run-rescue.ts';
import { startStanding } from '../../support/rescue/standing-jellyfin.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** Runs the real program where it sees no process but its own, as in a container. */
async function rescueInContainer(database: MadeDatabase, ...more: readonly string[]): Promise<Ended> {
  const words = await rescueWords(database, ...more);
  const command = ['--pid', '--fork', '--mount-proc', process.execPath, MAIN, ...words];
  return await new Promise((resolve) => {
    execFile('unshare', command, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

// biome-ignore lint/plugin: only root on Linux may make a process table of its own
describe.runIf(MAY_MOUNT)('a rescue that cannot see whether Jellyfin runs', () => {
  test('wants to be told that it does not, and then believes it', async () => {
    const database = await makeDatabase('10.11.11');
    const untold = await rescueInContainer(database);
    expect(untold).toMatchObject({ code: 1, err: expect.stringContaining('say so with --stopped') });

    expect(await rescueInContainer(database, '--stopped')).toMatchObject({ code: 0 });
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
  });

  test('writes nothing while somebody it cannot see holds the lock, whatever it was told', async () => {
    const database = await makeDatabase('10.11.11');
    await startStanding(database.path);
    const { code, err } = await rescueInContainer(database, '--stopped');

    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('is held by another process'),
    });
    expect(seePerson(database.path, 'Boss').isDisabled).toBe(true);
  });
});
