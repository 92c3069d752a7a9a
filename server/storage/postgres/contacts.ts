import { userNameKey } from '../../../injector/jellyfin/user-names.ts';
import type { Contacts } from '../../ports/contacts.ts';
import { addressKey, createContactId, FORMER_MS, toContact } from '../rows.ts';
import type { Postgres } from './database.ts';

/** Nothing changes, or an earlier one is still to be kept. */
const IS_FORMER_KEPT = '(c.address_key = excluded.address_key OR c.former_until > $7)';

/** Contacts in PostgreSQL. */
export function createPostgresContacts(db: Postgres): Contacts {
  const find = async (where: string, values: readonly string[] = []) =>
    (
      await db.query(`SELECT id, user_id, user_name, channel, address FROM @contacts ${where}`, values)
    ).rows.map(toContact);
  return {
    ofUser: (userId) => find('WHERE user_id = $1 ORDER BY channel', [userId]),
    ofAddress: (address) => find('WHERE address_key = $1 ORDER BY user_name, user_id', [addressKey(address)]),
    ofUserName: (userName) =>
      find('WHERE user_name_key = $1 ORDER BY user_id, channel', [userNameKey(userName)]),
    set: async ({ userId, channel, userName, address }, now = Date.now()) => {
      await db.query(
        `INSERT INTO @contacts AS c (user_id, channel, user_name, user_name_key, address, address_key, id)
         VALUES ($1, $2, $3, $4, $5, $6, $9)
         ON CONFLICT (user_id, channel) DO UPDATE
           SET id = CASE WHEN c.address_key = excluded.address_key THEN c.id
                         WHEN c.former_address = excluded.address AND c.former_until > $7 THEN c.former_id
                         ELSE excluded.id END,
               user_name = excluded.user_name, user_name_key = excluded.user_name_key,
               address = excluded.address, address_key = excluded.address_key,
               former_id = CASE WHEN ${IS_FORMER_KEPT} THEN c.former_id ELSE c.id END,
               former_address = CASE WHEN ${IS_FORMER_KEPT} THEN c.former_address ELSE c.address END,
               former_until = CASE WHEN ${IS_FORMER_KEPT} THEN c.former_until ELSE $8::bigint END`,
        [
          ...[userId, channel, userName, userNameKey(userName), address, addressKey(address)],
          ...[now, now + FORMER_MS, createContactId()],
        ],
      );
    },
    formerOf: async (userId, now) => {
      const { rows } = await db.query(
        `SELECT former_id AS id, user_id, user_name, channel, former_address AS address FROM @contacts
         WHERE user_id = $1 AND former_until > $2 AND former_address <> address ORDER BY channel`,
        [userId, now],
      );
      return rows.map(toContact);
    },
    remove: async (userId) => (await db.query('DELETE FROM @contacts WHERE user_id = $1', [userId])).count,
    list: () => find('ORDER BY user_name_key, user_id, channel'),
  };
}
