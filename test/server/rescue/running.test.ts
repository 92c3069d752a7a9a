import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { seeKeys, seePerson } from '../../support/rescue/jellyfin-database.ts';
import { NEW_PASSWORD, rescue } from '../../support/rescue/run-rescue.ts';
import { startJellyfin } from '../../support/rescue/running-jellyfin.ts';

describe('gatehouse rescue, with Jellyfin running', () => {
  test.each(['10.8.13', '10.9.11', '10.10.7', '10.11.11', '12.0'] as const)(
    'lets the administrator of %s in over the API, and takes its key away',
    async (version) => {
      const { database, keys, jellyfin } = await startJellyfin(version);
      const before = JSON.stringify(seePerson(keys.connection, 'Boss'));

      const { code, err } = await rescue(database, '--jellyfin', jellyfin.url);

      expect(err).toContain('Boss can sign in with the new password.');
      expect(code).toBe(0);
      expect(jellyfin.user('Boss')).toMatchObject({ password: NEW_PASSWORD, isDisabled: false, tokens: [] });
      expect(seeKeys(keys.connection)).toEqual(['Seerr']);
      // Jellyfin alone writes rows of people while it runs.
      expect(JSON.stringify(seePerson(keys.connection, 'Boss'))).toBe(before);
      expect(keys.connection.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
      expect(existsSync(`${database.path}-wal`)).toBe(true);
    },
  );

  test('never opens a database that Jellyfin has open without a lock, and says what to do', async () => {
    const { database, keys, jellyfin } = await startJellyfin('10.11.11');
    keys.loseLock();
    const { code, err } = await rescue(database, '--jellyfin', jellyfin.url, '--way', 'api');

    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('restart Jellyfin once') });
    // What any look from outside would have deleted.
    expect(existsSync(`${database.path}-wal`) && existsSync(`${database.path}-shm`)).toBe(true);
    keys.add({ token: 'f'.repeat(32), app: 'Later', created: new Date() });
    expect(seeKeys(keys.connection)).toEqual(['Seerr', 'Later']);
  });

  test('goes over a PIN file where the database has no lock, once it is told whom to let in', async () => {
    const { database, keys, jellyfin } = await startJellyfin('10.11.11');
    keys.loseLock();
    const unnamed = await rescue(database, '--jellyfin', jellyfin.url);
    expect(unnamed).toMatchObject({ code: 64, err: expect.stringContaining('--user NAME') });

    const { code, err } = await rescue(database, '--jellyfin', jellyfin.url, '--user', 'alice');
    expect(err).toContain('alice can sign in with the new password.');
    expect(code).toBe(0);
    expect(jellyfin.user('alice')).toMatchObject({ password: NEW_PASSWORD, tokens: [] });
    expect(existsSync(`${database.path}-wal`) && existsSync(`${database.path}-shm`)).toBe(true);
  });

  test('does not try a PIN file for an account that it sees is closed', async () => {
    const { database, jellyfin } = await startJellyfin('12.0');
    const words = ['--jellyfin', jellyfin.url, '--user', 'Boss', '--way', 'pin'];
    const { code, err } = await rescue(database, ...words);
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('a PIN file opens no account'),
    });
    expect(jellyfin.user('Boss').password).toBe('forgotten');
  });

  test('says so where it could not see that, and that the old password is dead', async () => {
    const { database, keys, jellyfin } = await startJellyfin('12.0');
    keys.loseLock();
    const { code, err } = await rescue(
      database,
      '--jellyfin',
      jellyfin.url,
      '--user',
      'Boss',
      '--way',
      'pin',
    );

    expect(err).toContain('its old password would be dead all the same');
    expect(err).toContain('A random password is in force by now');
    expect(code).toBe(3);
  });

  test('takes its key back when it is another Jellyfin that answers, and changes nothing there', async () => {
    const { database, keys } = await startJellyfin('10.11.11');
    const other = await createFakeJellyfin({ version: '10.11.11' });
    onTestFinished(() => other.close());
    const { code, err } = await rescue(database, '--jellyfin', other.url);

    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('it is another one') });
    expect(seeKeys(keys.connection)).toEqual(['Seerr']);
  });

  test('removes the key that an earlier rescue could not', async () => {
    const { database, keys, jellyfin } = await startJellyfin('10.11.11');
    keys.add({ token: 'e'.repeat(32), app: 'Gatehouse rescue', created: new Date() });
    expect((await rescue(database, '--jellyfin', jellyfin.url)).code).toBe(0);
    expect(seeKeys(keys.connection)).toEqual(['Seerr']);
  });

  test('writes to no database that somebody has open, whatever it is told', async () => {
    const { database, jellyfin, keys } = await startJellyfin('10.11.11');
    const { code, err } = await rescue(
      database,
      '--jellyfin',
      jellyfin.url,
      '--way',
      'database',
      '--stopped',
    );
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`process ${process.pid}`) });
    expect(seePerson(keys.connection, 'Boss').isDisabled).toBe(true);
  });

  test('needs nothing but to read the data folder for a PIN file', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.10.7' });
    onTestFinished(() => jellyfin.close());
    const folder = { dataFolder: jellyfin.dataFolder, path: jellyfin.dataFolder };
    const words = ['--jellyfin', jellyfin.url, '--user', 'alice', '--way', 'pin', '--json'];
    const { code, out } = await rescue(folder, ...words);

    expect(JSON.parse(out)).toMatchObject({ way: 'pin', user: 'alice', isDone: true });
    expect(code).toBe(0);
    expect(jellyfin.user('alice')).toMatchObject({ password: NEW_PASSWORD, tokens: [] });
  });
});
