import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { examineFile } from '../../../server/rescue/database-file.ts';
import { writeDatabase } from '../../../server/rescue/write-database.ts';
import { holdFile } from '../../support/files/file-holder.ts';
import { MAY_MOUNT, mountSmallDisk } from '../../support/files/small-disk.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import {
  LOCKED_ADMINISTRATOR,
  type MadeDatabase,
  makeDatabase,
  seePerson,
} from '../../support/rescue/jellyfin-database.ts';
import { rescue, rescueHere } from '../../support/rescue/run-rescue.ts';

/** Names beside the database. */
function beside(path: string): string[] {
  return readdirSync(dirname(path)).sort();
}

describe('gatehouse rescue refuses', () => {
  /** A refusal that changes not a byte, and leaves no backup. */
  async function expectRefusal(
    { path }: MadeDatabase,
    says: RegExp,
    run: () => Promise<unknown>,
  ): Promise<void> {
    const before = readFileSync(path);
    await expect(run()).rejects.toThrow(says);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(beside(path).filter((name) => name.includes('before-rescue'))).toEqual([]);
  }

  test('with exit code 1 and one line', async () => {
    const database = await makeDatabase('10.11.11');
    const { code, out, err } = await rescue(database, '--user', 'zoe');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe('gatehouse: Nobody is called "zoe": Boss, alice.\n');
  });

  test.each([
    [
      'newer',
      /is of a Jellyfin newer than 12/,
      "INSERT INTO __EFMigrationsHistory VALUES ('20280101000000_Next', '13.0.0.0')",
    ],
    ['changed', /its table Users is not that of 12/, 'ALTER TABLE Users ADD COLUMN Shoe TEXT'],
    [
      'another',
      /its table ApiKeys is not that of 12/,
      'ALTER TABLE ApiKeys RENAME COLUMN AccessToken TO Token',
    ],
    [
      'a trapped',
      /somebody added the trigger t/,
      'CREATE TRIGGER t AFTER UPDATE ON Users BEGIN DELETE FROM ApiKeys; END',
    ],
    ['no', /is none of a Jellyfin/, 'DROP TABLE __EFMigrationsHistory'],
  ])('%s schema', async (_kind, says, sql) => {
    const database = await makeDatabase('12.0');
    const db = new DatabaseSync(database.path);
    db.exec(sql);
    db.close();
    await expectRefusal(database, says, () => rescueHere(database));
  });

  test('a damaged file, and one that is no database', async () => {
    const database = await makeDatabase('10.11.11');
    const file = openSync(database.path, 'r+');
    writeSync(file, Buffer.alloc(512, 0xff), 0, 512, 4096 * 4);
    closeSync(file);
    await expectRefusal(database, /is damaged/, () => rescueHere(database));

    writeFileSync(database.path, 'not a database, but long enough to be looked at'.repeat(100));
    await expectRefusal(database, /is damaged/, () => rescueHere(database));
  });

  test('what a database died over in the middle of a write', async () => {
    const database = await makeDatabase('10.11.11');
    writeFileSync(`${database.path}-journal`, 'something');
    await expectRefusal(database, /Start Jellyfin and stop it again/, () => rescueHere(database));
  });

  test('a name that nobody has, or that several have', async () => {
    const database = await makeDatabase('10.11.11', [
      { name: 'anna', password: 'x', isAdministrator: true },
      { name: 'Andy', password: 'x', isAdministrator: true },
    ]);
    await expectRefusal(database, /more than one administrator.*Andy, anna/, () => rescueHere(database));
    await expectRefusal(database, /Several names begin with "an"/, () =>
      rescueHere(database, { user: 'an' }),
    );
    await expectRefusal(database, /Nobody is called "zoe": Andy, anna/, () =>
      rescueHere(database, { user: 'zoe' }),
    );
  });

  test('a database that another process has open, and one that such a process opens meanwhile', async () => {
    const database = await makeDatabase('10.11.11');
    const letGo = await holdFile(database.path);
    await expectRefusal(database, /Jellyfin runs \(process \d+\); stop it/, () => rescueHere(database));
    const file = await examineFile(database.path);
    await expectRefusal(database, /is held by another process/, () => writeDatabase(file, () => [], 100));
    await letGo();
  });

  // biome-ignore lint/plugin: a disk that is full or read-only has to be mounted, which root on Linux may
  test.runIf(MAY_MOUNT)(
    'a disk without room for the backup, unless that goes elsewhere; and one that is read-only',
    async () => {
      const disk = mountSmallDisk(2 * 1024 * 1024);
      const database = await makeDatabase('10.11.11', LOCKED_ADMINISTRATOR, disk.folder);
      await expectRefusal(database, /no room.*--backup-folder/, () => rescueHere(database));

      disk.setReadOnly(true);
      await expectRefusal(database, /its disk is mounted read-only/, () => rescueHere(database));

      disk.setReadOnly(false);
      const backupFolder = await tempFolder();
      expect((await rescueHere(database, { backupFolder })).backup).toContain(backupFolder);
    },
  );

  // biome-ignore lint/plugin: a disk that is full has to be mounted, which root on Linux may
  test.runIf(MAY_MOUNT)('to leave half a change on a disk that is full', async () => {
    const disk = mountSmallDisk(2 * 1024 * 1024);
    const database = await makeDatabase('10.11.11', LOCKED_ADMINISTRATOR, disk.folder);
    await disk.fill();
    const backupFolder = await tempFolder();
    await expectRefusal(database, /its disk is full; free some space/, () =>
      rescueHere(database, { backupFolder }),
    );
    await disk.free();
    expect(seePerson(database.path, 'Boss')).toMatchObject({ isDisabled: true, failures: 3 });
  });
});
