import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** An API key: an administrator without a user. */
export interface ApiKey {
  token: string;
  app: string;
  created: Date;
}

/** The API keys of a fake server; asked at each request, as every version does. */
export interface KeyStore {
  all(): readonly ApiKey[];
  add(key: ApiKey): void;
  remove(token: string): void;
}

/** Keys in memory. */
export function createKeyStore(tokens: readonly string[] = []): KeyStore {
  let keys: ApiKey[] = tokens.map((token) => ({ token, app: 'fake', created: new Date() }));
  return {
    all: () => keys,
    add: (key) => void keys.push(key),
    remove: (token) => {
      keys = keys.filter((key) => key.token !== token);
    },
  };
}

/** Keys in a database of Jellyfin's, over a connection that stays open. */
export interface DatabaseKeys extends KeyStore {
  /** For looking at the database: another handle of this process would drop the lock of this one. */
  readonly connection: DatabaseSync;
  /**
   * Does what 10.11 does at a start with migrations, `File.Copy(jellyfin.db)`: closing that handle drops every lock that this
   * process has on the file, and SQLite never takes them again.
   */
  loseLock(): void;
  close(): void;
}

/** Opens a database as Jellyfin does: in WAL mode, with a shared lock as long as the connection is there. */
export function openKeyDatabase(path: string): DatabaseKeys {
  const db = new DatabaseSync(path, { timeout: 60_000 });
  const select = db.prepare('SELECT AccessToken, Name, DateCreated FROM ApiKeys ORDER BY Id');
  select.all();
  return {
    connection: db,
    all: () =>
      select.all().map((row) => ({
        token: String(row['AccessToken']),
        app: String(row['Name']),
        created: new Date(`${String(row['DateCreated']).replace(' ', 'T').slice(0, 23)}Z`),
      })),
    add: ({ token, app, created }) =>
      void db
        .prepare(
          "INSERT INTO ApiKeys (DateCreated, DateLastActivity, Name, AccessToken) VALUES (?, '0001-01-01 00:00:00', ?, ?)",
        )
        .run(created.toISOString().replace('T', ' ').replace('Z', ''), app, token),
    remove: (token) => void db.prepare('DELETE FROM ApiKeys WHERE AccessToken = ?').run(token),
    loseLock: () => closeSync(openSync(path, 'r')),
    close: () => db.close(),
  };
}
