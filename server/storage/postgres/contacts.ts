import { userNameKey } from '../../jellyfin/name-compare.ts';
import type { Contacts } from '../../ports.ts';
import { addressKey, toContact } from '../contact-row.ts';
import type { Postgres } from './database.ts';

/** Contacts in PostgreSQL. */
export function createPostgresContacts(db: Postgres): Contacts {
  const find = async (where: string, values: readonly string[] = []) =>
    (await db.query(`SELECT user_id, user_name, channel, address FROM @contacts ${where}`, values)).rows.map(
      toContact,
    );
  return {
    ofUser: (userId) => find('WHERE user_id = $1 ORDER BY channel', [userId]),
    ofAddress: (address) => find('WHERE address_key = $1 ORDER BY user_name, user_id', [addressKey(address)]),
    ofUserName: (userName) =>
      find('WHERE user_name_key = $1 ORDER BY user_id, channel', [userNameKey(userName)]),
    set: async ({ userId, channel, userName, address }) => {
      await db.query(
        `INSERT INTO @contacts (user_id, channel, user_name, user_name_key, address, address_key)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id, channel) DO UPDATE
           SET user_name = excluded.user_name, user_name_key = excluded.user_name_key,
               address = excluded.address, address_key = excluded.address_key`,
        [userId, channel, userName, userNameKey(userName), address, addressKey(address)],
      );
    },
    remove: async (userId) => (await db.query('DELETE FROM @contacts WHERE user_id = $1', [userId])).count,
    list: () => find('ORDER BY user_name_key, user_id, channel'),
  };
}
