import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import {
  LOCKED_ADMINISTRATOR,
  makeDatabase,
  seeKeys,
  seePerson,
} from '../../support/rescue/jellyfin-database.ts';
import { DATABASE_VERSIONS, schemaTraits } from '../../support/rescue/jellyfin-schemas.ts';
import { NEW_PASSWORD, rescue, rescueAnswering, rescueHere } from '../../support/rescue/run-rescue.ts';

const OPEN_AGAIN = { isAdministrator: true, isDisabled: false, failures: 0, sessions: 0 };

/** Names beside the database. */
function beside(path: string): string[] {
  return readdirSync(dirname(path)).sort();
}

describe('gatehouse rescue, with Jellyfin stopped', () => {
  test.each(DATABASE_VERSIONS)('lets the administrator of %s in, twice in a row', async (version) => {
    const database = await makeDatabase(version);
    const alice = seePerson(database.path, 'alice');

    for (const times of [1, 2]) {
      expect(await rescueHere(database)).toMatchObject({ isDone: true, isPasswordSet: true });
      const boss = seePerson(database.path, 'Boss');
      expect(boss).toMatchObject({ ...OPEN_AGAIN, iterations: schemaTraits(version).iterations });
      expect(boss.verifies(NEW_PASSWORD)).toBe(true);
      expect(boss.verifies('forgotten')).toBe(false);
      expect(beside(database.path).filter((name) => name.includes('before-rescue'))).toHaveLength(times);
    }
    expect(JSON.stringify(seePerson(database.path, 'alice'))).toBe(JSON.stringify(alice));
    expect(seeKeys(database.path)).toEqual(['Seerr']);
    expect(beside(database.path).filter((name) => /-(wal|shm|journal)$|part|reading/.test(name))).toEqual([]);
  });

  test('takes an early 10.8, which has not all migrations of the last one', async () => {
    const database = await makeDatabase('10.8.13');
    const db = new DatabaseSync(database.path);
    db.exec("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '2022%'");
    db.close();
    expect(await rescueHere(database)).toMatchObject({ isDone: true });
    expect(seePerson(database.path, 'Boss')).toMatchObject({ ...OPEN_AGAIN, iterations: 120_000 });
  });

  test('keeps the database as it was in a backup that only its owner can read', async () => {
    const database = await makeDatabase('10.11.11');
    await rescueHere(database);

    const [backup = ''] = beside(database.path).filter((name) => name.includes('before-rescue'));
    const path = join(dirname(database.path), backup);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(seePerson(path, 'Boss')).toMatchObject({ isDisabled: true, failures: 3, sessions: 1 });
  });

  test('goes by what a Jellyfin that died left in its log, and leaves log and index to nobody', async () => {
    const database = await makeDatabase('12.0', [{ name: 'Boss', password: 'old', isAdministrator: true }]);
    const dying = `
      const { DatabaseSync } = require('node:sqlite');
      new DatabaseSync(process.argv[1]).exec('UPDATE Users SET InvalidLoginAttemptCount = 7');
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['-e', dying, database.path]);
    expect(beside(database.path)).toEqual(['jellyfin.db', 'jellyfin.db-shm', 'jellyfin.db-wal']);

    const { out } = await rescue(database, '--dry-run', '--json');
    expect(JSON.parse(out).willDo.join()).toContain('set the counter of failed sign-ins from 7 to 0');
    expect(beside(database.path)).toEqual(['jellyfin.db', 'jellyfin.db-shm', 'jellyfin.db-wal']);

    await rescueHere(database);
    expect(beside(database.path).filter((name) => !name.includes('before-rescue'))).toEqual(['jellyfin.db']);
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
  });

  test('clears away what a rescue left that was killed while it copied or read', async () => {
    const database = await makeDatabase('10.11.11');
    writeFileSync(`${database.path}.before-rescue-20261130000000.part`, 'half');
    mkdirSync(`${database.path}.reading-abcdef`);
    const { backup = '' } = await rescueHere(database, { backupFolder: await tempFolder() });
    expect(backup).toMatch(/before-rescue-\d{14}$/);
    expect(beside(database.path)).toEqual(['jellyfin.db']);
  });

  test('gives an account back to Jellyfin that LDAP kept, and makes an administrator only when told to', async () => {
    const database = await makeDatabase('10.10.7', [
      { name: 'Boss', password: 'old', isAdministrator: true },
      {
        name: 'dora',
        password: 'old',
        provider: 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin',
      },
    ]);
    await rescueHere(database, { user: 'DORA' });
    expect(seePerson(database.path, 'dora')).toMatchObject({
      isAdministrator: false,
      provider: 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider',
    });
    await rescueHere(database, { user: 'do', makesAdministrator: true });
    expect(seePerson(database.path, 'dora').isAdministrator).toBe(true);
  });

  test('says with --dry-run what it would write, and changes no byte', async () => {
    const database = await makeDatabase('10.11.11');
    const before = readFileSync(database.path);

    const { code, out } = await rescue(database, '--dry-run');

    expect(code).toBe(0);
    expect(out).toContain('Boss: an administrator, closed, failed sign-ins: 3 of 3 that lock it');
    const id = '[0-9A-F]{8}-[0-9A-F-]{27}';
    expect(out).toMatch(new RegExp(`UPDATE Users SET InvalidLoginAttemptCount = 0 WHERE Id = '${id}';`));
    expect(out).toMatch(new RegExp(`DELETE FROM Devices WHERE UserId = '${id}';`));
    expect(out).not.toContain('forgotten');
    expect(readFileSync(database.path).equals(before)).toBe(true);
    expect(beside(database.path)).toEqual(['jellyfin.db']);
  });

  test('prints a password of its own once, and nothing else, on standard output', async () => {
    const database = await makeDatabase('10.11.11', [...LOCKED_ADMINISTRATOR]);
    const { out, err } = await rescueAnswering(database, '', '--generate', '--yes');

    expect(out).toMatch(/^[\w-]{20}\n$/);
    expect(err).not.toContain(out.trim());
    expect(seePerson(database.path, 'Boss').verifies(out.trim())).toBe(true);
  });

  test('asks before it does anything, and takes nothing but yes', async () => {
    const database = await makeDatabase('10.11.11');
    const { code, err } = await rescueAnswering(database, 'of course\n', '--generate');

    expect({ code, isLocked: seePerson(database.path, 'Boss').isDisabled }).toEqual({
      code: 2,
      isLocked: true,
    });
    expect(err).toContain('Nothing was changed.');
    expect(beside(database.path)).toEqual(['jellyfin.db']);
  });
});
