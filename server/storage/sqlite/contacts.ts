import { userNameKey, userNameKeys } from '../../../injector/jellyfin/user-names.ts';
import type { Contact, ContactState, Contacts } from '../../ports/contacts.ts';
import {
  addressKey,
  CONTACT_COLUMNS,
  CONTACT_ORDER,
  createContactId,
  FORMER_CONTACT_COLUMNS,
  FORMER_MS,
  toContact,
} from '../rows.ts';
import type { Sql, Sqlite } from './database.ts';

const SELECT = `SELECT ${CONTACT_COLUMNS} FROM contacts`;

/** It is the contact it was, in other letter case perhaps. */
const IS_SAME = 'contacts.address_key = excluded.address_key';

/** It is the one before, set back. */
const IS_BACK = 'former_address = excluded.address AND former_until > :now';

/** Nothing changes, or an earlier one is still to be kept. */
const IS_FORMER_KEPT = `(${IS_SAME} OR former_until > :now)`;

/** Contacts in SQLite. Keeps the promises of the port; letter case is set aside as JavaScript's toLowerCase does. */
export function createSqliteContacts(db: Sqlite): Contacts {
  return {
    ofUser: (userId) =>
      db.read((sql) =>
        sql(`${SELECT} WHERE user_id = ? ORDER BY ${CONTACT_ORDER}`).all(userId).map(toContact),
      ),
    ofUsers: (userIds) =>
      db.read((sql) => {
        const ofUser = sql(`${SELECT} WHERE user_id = ? ORDER BY ${CONTACT_ORDER}`);
        return [...new Set(userIds)].flatMap((userId) => ofUser.all(userId).map(toContact));
      }),
    ofAddress: (address) =>
      db.read((sql) =>
        sql(`${SELECT} WHERE address_key = ? ORDER BY user_name, user_id`)
          .all(addressKey(address))
          .map(toContact),
      ),
    ofUserName: (userName) =>
      db.read((sql) =>
        sql(`${SELECT} WHERE user_name_key IN (?, ?, ?) ORDER BY user_id, ${CONTACT_ORDER}`)
          .all(...userNameKeys(userName))
          .map(toContact),
      ),
    set: (contact, now = Date.now(), { state } = {}) => db.write((sql) => setOne(sql, contact, now, state)),
    setAll: (all, now = Date.now(), { state } = {}) =>
      db.write((sql) => {
        for (const contact of all) setOne(sql, contact, now, state);
      }),
    verify: (id, now) =>
      db.write((sql) => {
        const row = sql(
          `UPDATE contacts SET state = 'verified', verified_at = ? WHERE id = ? RETURNING ${CONTACT_COLUMNS}`,
        ).get(now, id);
        return row === undefined ? undefined : toContact(row);
      }),
    refuse: (id) =>
      db.write((sql) => {
        const row =
          sql(
            `UPDATE contacts SET state = 'refused' WHERE id = ? AND state <> 'refused' RETURNING ${CONTACT_COLUMNS}`,
          ).get(id) ??
          sql(
            `UPDATE contacts SET former_state = 'refused' WHERE former_id = ? AND former_state <> 'refused'
             RETURNING ${FORMER_CONTACT_COLUMNS}`,
          ).get(id);
        return row === undefined ? undefined : toContact(row);
      }),
    setOrder: (userId, channels) =>
      db.write((sql) => {
        sql('UPDATE contacts SET position = NULL WHERE user_id = ?').run(userId);
        for (const [position, channel] of channels.entries()) {
          sql('UPDATE contacts SET position = ? WHERE user_id = ? AND channel = ?').run(
            position,
            userId,
            channel,
          );
        }
      }),
    formerOf: (userId, now) =>
      db.read((sql) =>
        sql(
          `SELECT ${FORMER_CONTACT_COLUMNS} FROM contacts
           WHERE user_id = ? AND former_until > ? AND former_address <> address ORDER BY channel`,
        )
          .all(userId, now)
          .map(toContact),
      ),
    remove: (userId, now = Date.now(), channel = undefined) =>
      db.write((sql) => {
        const which =
          channel === undefined ? 'user_id = :userId' : 'user_id = :userId AND channel = :channel';
        const whose = { userId, ...(channel === undefined ? {} : { channel }) };
        const former = (column: string) =>
          `CASE WHEN former_until > :now THEN former_${column} ELSE ${column} END`;
        sql(
          `INSERT OR REPLACE INTO removed_contacts (user_id, channel, id, address, state, verified_at, kept_until)
           SELECT user_id, channel, ${former('id')}, ${former('address')}, ${former('state')},
                  ${former('verified_at')}, CASE WHEN former_until > :now THEN former_until ELSE :until END
           FROM contacts WHERE ${which}`,
        ).run({ ...whose, now, until: now + FORMER_MS });
        return Number(sql(`DELETE FROM contacts WHERE ${which}`).run(whose).changes);
      }),
    list: () =>
      db.read((sql) =>
        sql(`${SELECT} ORDER BY user_name_key, user_id, ${CONTACT_ORDER}`).all().map(toContact),
      ),
  };
}

function setOne(
  sql: Sql,
  { userId, channel, userName, address }: Contact,
  now: number,
  state: ContactState | undefined,
): void {
  sql(
    `INSERT INTO contacts (id, user_id, channel, user_name, user_name_key, address, address_key, state, verified_at,
                           former_id, former_address, former_until, former_state, former_verified_at)
     SELECT :id, :userId, :channel, :userName, :userNameKey, :address, :addressKey,
            COALESCE(:state, 'unverified'), CASE WHEN :state = 'verified' THEN :now END,
            removed.id, removed.address, COALESCE(removed.kept_until, 0),
            COALESCE(removed.state, 'unverified'), removed.verified_at
     FROM (SELECT 1) LEFT JOIN removed_contacts AS removed
       ON removed.user_id = :userId AND removed.channel = :channel
          AND removed.kept_until > :now AND removed.address <> :address
     WHERE true
     ON CONFLICT (user_id, channel) DO UPDATE
       SET id = CASE WHEN ${IS_SAME} THEN contacts.id WHEN ${IS_BACK} THEN former_id ELSE excluded.id END,
           state = CASE WHEN :state IS NOT NULL THEN :state WHEN ${IS_SAME} THEN contacts.state
                        WHEN ${IS_BACK} THEN former_state ELSE 'unverified' END,
           verified_at = CASE WHEN :state = 'verified' THEN :now WHEN ${IS_SAME} THEN contacts.verified_at
                              WHEN ${IS_BACK} THEN former_verified_at END,
           user_name = excluded.user_name, user_name_key = excluded.user_name_key,
           address = excluded.address, address_key = excluded.address_key,
           former_id = CASE WHEN ${IS_FORMER_KEPT} THEN former_id ELSE contacts.id END,
           former_address = CASE WHEN ${IS_FORMER_KEPT} THEN former_address ELSE contacts.address END,
           former_state = CASE WHEN ${IS_FORMER_KEPT} THEN former_state ELSE contacts.state END,
           former_verified_at = CASE WHEN ${IS_FORMER_KEPT} THEN former_verified_at ELSE contacts.verified_at END,
           former_until = CASE WHEN ${IS_FORMER_KEPT} THEN former_until ELSE :until END`,
  ).run({
    ...{ id: createContactId(), userId, channel, userName, userNameKey: userNameKey(userName) },
    ...{ address, addressKey: addressKey(address), state: state ?? null, now, until: now + FORMER_MS },
  });
  sql('DELETE FROM removed_contacts WHERE user_id = ? AND channel = ?').run(userId, channel);
}
