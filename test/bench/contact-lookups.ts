import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { userNameKey } from '../../injector/jellyfin/user-names.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { percentile } from './percentile.ts';

const userIdOf = (n: number): string => createHash('md5').update(String(n)).digest('hex');

/**
 * Slowest of a hundred look-ups (p99) among so many contacts, in milliseconds: by account, by address and by name in
 * turn.
 */
export async function measureContactLookups(
  folder: string,
  contacts: number,
  lookups = 3_000,
): Promise<number> {
  const path = join(folder, 'contacts.db');
  await (await openStorage(path)).close();
  fill(path, contacts);
  const storage = await openStorage(path);
  const times: number[] = [];
  for (let n = 0; n < lookups; n += 1) {
    const which = Math.floor(Math.random() * contacts);
    const began = performance.now();
    const found = await [
      () => storage.contacts.ofUser(userIdOf(which)),
      () => storage.contacts.ofAddress(`Person.${which}@example.org`),
      () => storage.contacts.ofUserName(`PERSON ${which}`),
    ][n % 3]?.();
    times.push(performance.now() - began);
    if (found?.length !== 1) throw new Error(`contact ${which} was not found`);
  }
  await storage.close();
  return percentile(times, 0.99);
}

/** One at a time through the port, a million would take an hour. */
function fill(path: string, contacts: number): void {
  const db = new DatabaseSync(path);
  const columns = ['user_id', 'channel', 'user_name', 'user_name_key', 'address', 'address_key'];
  const valueFor = (column: string, n: number): string => {
    if (column === 'user_id') return userIdOf(n);
    if (column === 'channel') return 'email';
    if (column === 'user_name') return `Person ${n}`;
    if (column === 'user_name_key') return userNameKey(`Person ${n}`);
    return `person.${n}@example.org`;
  };
  db.exec('BEGIN');
  const insert = db.prepare(`INSERT INTO contacts (${columns}) VALUES (${columns.map(() => '?')})`);
  for (let n = 0; n < contacts; n += 1) insert.run(...columns.map((column) => valueFor(column, n)));
  db.exec('COMMIT');
  db.close();
}
