import { DatabaseSync } from 'node:sqlite';
import type { Contact } from '../ports/contacts.ts';

/** What a source said first of an account on a channel. */
export interface SeenContact {
  readonly address: string;
  readonly row: number;
}

/** Remembers what was seen of each account on each channel. */
export interface SeenContacts {
  /** Keeps it, unless there is one already: then answers that one. */
  keep(contact: Pick<Contact, 'userId' | 'channel'> & SeenContact): SeenContact | undefined;
  close(): void;
}

/**
 * Makes one that holds any number of them in the same memory: in a database of SQLite that has no name, and is on the disk only
 * as far as it grows beyond its cache. Source: sqlite.org/inmemorydb.html, "Temporary Databases".
 */
export function createSeenContacts(): SeenContacts {
  const db = new DatabaseSync('');
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
           CREATE TABLE seen (user_id TEXT, channel TEXT, address TEXT, row INTEGER, PRIMARY KEY (user_id, channel)) WITHOUT ROWID;
           BEGIN`);
  const insert = db.prepare(
    'INSERT OR IGNORE INTO seen (user_id, channel, address, row) VALUES (?, ?, ?, ?)',
  );
  const find = db.prepare('SELECT address, row FROM seen WHERE user_id = ? AND channel = ?');
  return {
    keep({ userId, channel, address, row }) {
      if (Number(insert.run(userId, channel, address, row).changes) > 0) return undefined;
      const seen = find.get(userId, channel);
      return seen === undefined ? undefined : { address: String(seen['address']), row: Number(seen['row']) };
    },
    close: () => db.close(),
  };
}
