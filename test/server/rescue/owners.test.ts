import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  giveTo,
  type MadeDatabase,
  makeDatabase,
  seePerson,
} from '../../support/rescue/jellyfin-database.ts';
import { NEW_PASSWORD, rescue, rescueWords } from '../../support/rescue/run-rescue.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const IS_ROOT = process.getuid?.() === 0;
const JELLYFIN = 4242;

async function makeJellyfins(): Promise<MadeDatabase> {
  const database = await makeDatabase('10.11.11');
  giveTo(database, JELLYFIN);
  return database;
}

function ownersBeside({ path }: MadeDatabase): number[] {
  return [...new Set(readdirSync(dirname(path)).map((name) => statSync(join(dirname(path), name)).uid))];
}

/** Runs the real program as another user. */
async function rescueAs(uid: number, database: MadeDatabase): Promise<{ code: number; err: string }> {
  const words = await rescueWords(database);
  giveTo(database, JELLYFIN);
  chmodSync(dirname(database.dataFolder), 0o755);
  chmodSync(join(dirname(database.dataFolder), 'password'), 0o644);
  const child = spawn(process.execPath, [MAIN, ...words], {
    uid,
    gid: uid,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const err = (await child.stderr.toArray()).join('');
  const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
  return { code, err };
}

// biome-ignore lint/plugin: only root may give files away, and run as somebody else
describe.runIf(IS_ROOT)('a database of another user', () => {
  test('is rescued by root as that user: every file beside it is that user’s', async () => {
    const database = await makeJellyfins();
    expect((await rescue(database)).code).toBe(0);

    expect(ownersBeside(database)).toEqual([JELLYFIN]);
    expect(readdirSync(dirname(database.path)).some((name) => name.includes('before-rescue'))).toBe(true);
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
  });

  test('is rescued by that user, and by nobody else', async () => {
    const database = await makeJellyfins();
    const stranger = await rescueAs(4243, database);
    expect(stranger).toMatchObject({ code: 1, err: expect.stringContaining('belongs to user 4242') });
    expect(seePerson(database.path, 'Boss').isDisabled).toBe(true);

    expect(await rescueAs(JELLYFIN, database)).toMatchObject({ code: 0 });
    expect(ownersBeside(database)).toEqual([JELLYFIN]);
  });

  test.each(['-wal', '-shm'])(
    'is left alone while its %s is somebody else’s, and the way out is named',
    async (side) => {
      const database = await makeJellyfins();
      writeFileSync(database.path + side, '');
      const { code, err } = await rescue(database);
      expect({ code, err }).toMatchObject({
        code: 1,
        err: expect.stringContaining(`chown 4242:4242 '${database.path}${side}'`),
      });
    },
  );

  test('is not written where that user may not write to the folder', async () => {
    const database = await makeJellyfins();
    chmodSync(dirname(database.path), 0o500);
    const { code, err } = await rescue(database);
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('its owner may not write to'),
    });
    expect(existsSync(`${database.path}-wal`)).toBe(false);
  });
});
