import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import {
  LOCKED_ADMINISTRATOR,
  makeDatabase,
  seeKeys,
  seePerson,
} from '../../support/rescue/jellyfin-database.ts';
import { DATABASE_VERSIONS, schemaTraits } from '../../support/rescue/jellyfin-schemas.ts';
import { NEW_PASSWORD, rescue } from '../../support/rescue/run-rescue.ts';

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
      const { code, err } = await rescue(database);
      expect(err).toContain('Boss can sign in with the new password.');
      expect(code).toBe(0);
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

  test('keeps the database as it was in a backup that only its owner can read', async () => {
    const database = await makeDatabase('10.11.11');
    await rescue(database);

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
    expect(JSON.parse(out).willDo.join()).toContain('sets the counter of failed sign-ins from 7 to 0');
    expect(beside(database.path)).toEqual(['jellyfin.db', 'jellyfin.db-shm', 'jellyfin.db-wal']);

    expect((await rescue(database)).code).toBe(0);
    expect(beside(database.path).filter((name) => !name.includes('before-rescue'))).toEqual(['jellyfin.db']);
    expect(seePerson(database.path, 'Boss').verifies(NEW_PASSWORD)).toBe(true);
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
    expect((await rescue(database, '--user', 'DORA')).code).toBe(0);
    expect(seePerson(database.path, 'dora')).toMatchObject({
      isAdministrator: false,
      provider: 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider',
    });
    expect((await rescue(database, '--user', 'do', '--administrator')).code).toBe(0);
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
    const words = ['--generate', '--yes', '--database', database.path, '--jellyfin', 'http://127.0.0.1:9'];
    const { runProgram } = await import('../../support/program/program.ts');
    const { out, err } = await runProgram(dirname(database.dataFolder), 'rescue', ...words);

    expect(out).toMatch(/^[\w-]{20}\n$/);
    expect(err).not.toContain(out.trim());
    expect(seePerson(database.path, 'Boss').verifies(out.trim())).toBe(true);
  });

  test('asks before it does anything, and takes nothing but yes', async () => {
    const database = await makeDatabase('10.11.11');
    const words = ['--generate', '--database', database.path, '--jellyfin', 'http://127.0.0.1:9'];
    const { runProgram } = await import('../../support/program/program.ts');
    const { code, err } = await runProgram(dirname(database.dataFolder), 'rescue', ...words);

    expect({ code, isLocked: seePerson(database.path, 'Boss').isDisabled }).toEqual({
      code: 2,
      isLocked: true,
    });
    expect(err).toContain('Nothing was changed.');
    expect(beside(database.path)).toEqual(['jellyfin.db']);
  });
});

describe('gatehouse rescue refuses', () => {
  /** A refusal: exit code 1, that sentence, and not a byte is changed. */
  async function expectRefusal(
    path: string,
    says: RegExp,
    run: () => ReturnType<typeof rescue>,
  ): Promise<void> {
    const before = readFileSync(path);
    const { code, err } = await run();
    expect(err).toMatch(says);
    expect(code).toBe(1);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(beside(path).filter((name) => name.includes('before-rescue'))).toEqual([]);
  }

  test('a schema that is newer, changed, or no Jellyfin at all', async () => {
    const newer = await makeDatabase('12.0');
    change(newer.path, "INSERT INTO __EFMigrationsHistory VALUES ('20280101000000_Next', '13.0.0.0')");
    await expectRefusal(newer.path, /is of a Jellyfin newer than 12/, () => rescue(newer));

    const changed = await makeDatabase('10.11.11');
    change(changed.path, 'ALTER TABLE Users ADD COLUMN Shoe TEXT');
    await expectRefusal(changed.path, /its table Users is not that of 10\.11\.10/, () => rescue(changed));

    const trapped = await makeDatabase('10.11.11');
    change(trapped.path, 'CREATE TRIGGER t AFTER UPDATE ON Users BEGIN DELETE FROM ApiKeys; END');
    await expectRefusal(trapped.path, /somebody added the trigger t/, () => rescue(trapped));

    const other = await makeDatabase('10.11.11');
    change(other.path, 'DROP TABLE __EFMigrationsHistory');
    await expectRefusal(other.path, /is none of a Jellyfin/, () => rescue(other));
  });

  test('a damaged file, and one that is no database', async () => {
    const database = await makeDatabase('10.11.11');
    const { openSync, writeSync, closeSync } = await import('node:fs');
    const file = openSync(database.path, 'r+');
    writeSync(file, Buffer.alloc(512, 0xff), 0, 512, 4096 * 4);
    closeSync(file);
    await expectRefusal(database.path, /is damaged/, () => rescue(database));

    const none = await makeDatabase('10.11.11');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(none.path, 'not a database, but long enough to be looked at'.repeat(100));
    await expectRefusal(none.path, /is damaged/, () => rescue(none));
  });

  test('what a database died over in the middle of a write', async () => {
    const database = await makeDatabase('10.11.11');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${database.path}-journal`, 'something');
    await expectRefusal(database.path, /Start Jellyfin and stop it again/, () => rescue(database));
  });

  test('a name that nobody has, or that several have', async () => {
    const database = await makeDatabase('10.11.11', [
      { name: 'anna', password: 'x', isAdministrator: true },
      { name: 'Andy', password: 'x', isAdministrator: true },
    ]);
    await expectRefusal(database.path, /more than one administrator.*Andy, anna/, () => rescue(database));
    await expectRefusal(database.path, /Several names begin with "an"/, () =>
      rescue(database, '--user', 'an'),
    );
    await expectRefusal(database.path, /Nobody is called "zoe": Andy, anna/, () =>
      rescue(database, '--user', 'zoe'),
    );
  });

  test('to write where it may not, and says what stands against each way', async () => {
    const database = await makeDatabase('10.11.11');
    const { getuid } = process;
    // Root may write everywhere; it is the owner then that matters.
    if (getuid?.() === 0) return;
    chmodSync(database.path, 0o400);
    await expectRefusal(database.path, /it cannot be written \(it may not be written\)/, () =>
      rescue(database),
    );
  });
});

function change(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}
