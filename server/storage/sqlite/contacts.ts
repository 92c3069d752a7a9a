import { userNameKey } from '../../../injector/jellyfin/user-names.ts';
import type { Contacts } from '../../ports/contacts.ts';
import { addressKey, createContactId, FORMER_MS, toContact } from '../rows.ts';
import type { Sqlite } from './database.ts';

const COLUMNS = 'id, user_id, user_name, channel, address';

/** Nothing changes, or an earlier one is still to be kept. */
const IS_FORMER_KEPT = '(contacts.address_key = excluded.address_key OR former_until > :now)';

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
          .all(addressKey(address))
          .map(toContact),
      ),
    ofUserName: (userName) =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts WHERE user_name_key = ? ORDER BY user_id, channel`)
          .all(userNameKey(userName))
          .map(toContact),
      ),
    set: ({ userId, channel, userName, address }, now = Date.now()) =>
      db.write((sql) => {
        sql(
          `INSERT INTO contacts (id, user_id, channel, user_name, user_name_key, address, address_key)
           VALUES (:id, :userId, :channel, :userName, :userNameKey, :address, :addressKey)
           ON CONFLICT (user_id, channel) DO UPDATE
             SET id = CASE WHEN contacts.address_key = excluded.address_key THEN contacts.id
                           WHEN former_address = excluded.address AND former_until > :now THEN former_id
                           ELSE excluded.id END,
                 user_name = excluded.user_name, user_name_key = excluded.user_name_key,
                 address = excluded.address, address_key = excluded.address_key,
                 former_id = CASE WHEN ${IS_FORMER_KEPT} THEN former_id ELSE contacts.id END,
                 former_address = CASE WHEN ${IS_FORMER_KEPT} THEN former_address ELSE contacts.address END,
                 former_until = CASE WHEN ${IS_FORMER_KEPT} THEN former_until ELSE :until END`,
        ).run({
          ...{ id: createContactId(), userId, channel, userName, userNameKey: userNameKey(userName) },
          ...{ address, addressKey: addressKey(address), now, until: now + FORMER_MS },
        });
      }),
    formerOf: (userId, now) =>
      db.read((sql) =>
        sql(
          `SELECT former_id AS id, user_id, user_name, channel, former_address AS address FROM contacts
           WHERE user_id = ? AND former_until > ? AND former_address <> address ORDER BY channel`,
        )
          .all(userId, now)
          .map(toContact),
      ),
    remove: (userId) =>
      db.write((sql) => Number(sql('DELETE FROM contacts WHERE user_id = ?').run(userId).changes)),
    list: () =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts ORDER BY user_name_key, user_id, channel`).all().map(toContact),
      ),
  };
}
