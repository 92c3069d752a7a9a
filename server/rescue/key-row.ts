import { DatabaseSync } from 'node:sqlite';
import { asOwner, type Owner } from './as-owner.ts';
import { BUSY_MS } from './read-database.ts';
import { RescueRefusal } from './refusal.ts';
import { seeServer } from './server-state.ts';
import { toRefusal } from './sqlite-refusal.ts';

/** As Jellyfin's dashboard shows it while it is there. */
export const KEY_NAME = 'Gatehouse rescue';

/** Which key, of which database. */
export interface KeyRow {
  readonly path: string;
  readonly owner: Owner | undefined;
  /** 32 hex digits. */
  readonly token: string;
}

/**
 * Writes an API key into the database of a running Jellyfin, which takes it at once, and removes those that an earlier rescue
 * could not.
 *
 * @throws {RescueRefusal} unless Jellyfin is seen to hold its lock on the file. Source: seen on servers of 10.8.13 to 12.0.
 */
export async function insertKey({ path, owner, token }: KeyRow): Promise<void> {
  await refuseUnlocked(path);
  // As Jellyfin writes dates; one that was never used has the first day of all.
  const now = new Date().toISOString().replace('T', ' ').replace('Z', '0000');
  await write(path, owner, (db) => {
    db.prepare('DELETE FROM ApiKeys WHERE Name = ?').run(KEY_NAME);
    db.prepare(
      "INSERT INTO ApiKeys (DateCreated, DateLastActivity, Name, AccessToken) VALUES (?, '0001-01-01 00:00:00', ?, ?)",
    ).run(now, KEY_NAME, token);
  });
}

/** Removes it again. @throws {RescueRefusal} while a Jellyfin runs that is not seen to hold its lock. */
export async function deleteKey({ path, owner, token }: KeyRow): Promise<void> {
  if ((await seeServer(path)).kind === 'running') await refuseUnlocked(path);
  await write(path, owner, (db) => db.prepare('DELETE FROM ApiKeys WHERE AccessToken = ?').run(token));
}

async function refuseUnlocked(path: string): Promise<void> {
  const state = await seeServer(path);
  if (state.kind === 'running' && state.isLocking) return;
  throw new RescueRefusal(
    `Jellyfin is no longer seen to hold its lock on ${path}; restart it and try again.`,
  );
}

async function write(
  path: string,
  owner: Owner | undefined,
  work: (db: DatabaseSync) => void,
): Promise<void> {
  await asOwner(owner, () => {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(path, { timeout: BUSY_MS });
      db.exec('PRAGMA trusted_schema = OFF; BEGIN IMMEDIATE');
      work(db);
      db.exec('COMMIT');
    } catch (error) {
      if (db?.isTransaction) db.exec('ROLLBACK');
      throw toRefusal(error, path);
    } finally {
      db?.close();
    }
  });
}
