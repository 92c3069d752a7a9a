import type { Contact, Contacts } from '../ports.ts';
import { type Row, text } from './row.ts';
import type { Sqlite } from './sqlite.ts';

const COLUMNS = 'user_id, user_name, channel, address';

/** Contacts in SQLite. Keeps the promises of the port; letter case is set aside as JavaScript's toLowerCase does. */
export function createSqliteContacts(db: Sqlite): Contacts {
  return {
    ofUser: (userId) =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts WHERE user_id = ? ORDER BY channel`).all(userId).map(toContact),
      ),
    ofAddress: (address) =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts WHERE address_key = ? ORDER BY user_name, user_id`)
          .all(address.toLowerCase())
          .map(toContact),
      ),
    set: (contact) =>
      db.write((sql) => {
        sql(
          `INSERT INTO contacts (user_id, channel, user_name, address, address_key) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (user_id, channel) DO UPDATE
             SET user_name = excluded.user_name, address = excluded.address, address_key = excluded.address_key`,
        ).run(
          contact.userId,
          contact.channel,
          contact.userName,
          contact.address,
          contact.address.toLowerCase(),
        );
      }),
    remove: (userId) =>
      db.write((sql) => Number(sql('DELETE FROM contacts WHERE user_id = ?').run(userId).changes)),
    list: () =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts ORDER BY user_name COLLATE NOCASE, user_id, channel`)
          .all()
          .map(toContact),
      ),
  };
}

function toContact(row: Row): Contact {
  return {
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    channel: 'email',
    address: text(row, 'address'),
  };
}
