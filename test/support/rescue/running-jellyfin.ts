import { onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { type DatabaseKeys, openKeyDatabase } from '../../jellyfin/keys.ts';
import { idOf, type MadeDatabase, makeDatabase } from './jellyfin-database.ts';

/** A pretend Jellyfin, and its database. */
export interface RunningJellyfin {
  readonly database: MadeDatabase;
  readonly keys: DatabaseKeys;
  readonly jellyfin: FakeJellyfin;
}

/** A Jellyfin that has its database open, as the real one does: this process holds the lock, and the rescue is another. */
export async function startJellyfin(version: JellyfinVersion): Promise<RunningJellyfin> {
  const people = [
    { name: 'Boss', password: 'forgotten', isAdministrator: true, isDisabled: true },
    { name: 'alice', password: 'alice-pw-1' },
  ];
  const database = await makeDatabase(version, people);
  const keys = openKeyDatabase(database.path);
  const users = people.map((person) => ({
    ...person,
    id: idOf(person.name).replaceAll('-', '').toLowerCase(),
  }));
  const jellyfin = await createFakeJellyfin({ version, users, keys, dataFolder: database.dataFolder });
  onTestFinished(async () => {
    await jellyfin.close();
    keys.close();
  });
  return { database, keys, jellyfin };
}
