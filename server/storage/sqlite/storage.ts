import { userNameKey, userNameKeys } from '../../../injector/jellyfin/user-names.ts';
import type { Audit } from '../../ports/audit.ts';
import type { Contacts } from '../../ports/contacts.ts';
import type { Limits } from '../../ports/limits.ts';
import type { Settings } from '../../ports/settings.ts';
import type { RetentionAges, Storage, StorageLog } from '../../ports/storage.ts';
import { BATCH_ROWS, removeInBatches } from '../retention.ts';
import {
  AUDIT_COLUMNS,
  addressKey,
  auditValues,
  CLOCK_SKEW_MS,
  createContactId,
  FORMER_MS,
  text,
  toAuditEntry,
  toContact,
  toLimitState,
  toTaken,
} from '../rows.ts';
import { openSqlite, type Sqlite } from './database.ts';
import { createSqliteLinks } from './links.ts';
import { createSqliteOutbox } from './outbox.ts';
import { createSqlitePlaces } from './places.ts';

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
        sql(`SELECT ${COLUMNS} FROM contacts WHERE user_name_key IN (?, ?, ?) ORDER BY user_id, channel`)
          .all(...userNameKeys(userName))
          .map(toContact),
      ),
    set: ({ userId, channel, userName, address }, now = Date.now()) =>
      db.write((sql) => {
        sql(
          `INSERT INTO contacts (id, user_id, channel, user_name, user_name_key, address, address_key,
                                 former_id, former_address, former_until)
           SELECT :id, :userId, :channel, :userName, :userNameKey, :address, :addressKey,
                  removed.id, removed.address, COALESCE(removed.kept_until, 0)
           FROM (SELECT 1) LEFT JOIN removed_contacts AS removed
             ON removed.user_id = :userId AND removed.channel = :channel
                AND removed.kept_until > :now AND removed.address <> :address
           WHERE true
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
        sql('DELETE FROM removed_contacts WHERE user_id = ? AND channel = ?').run(userId, channel);
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
    remove: (userId, now = Date.now()) =>
      db.write((sql) => {
        sql(
          `INSERT OR REPLACE INTO removed_contacts (user_id, channel, id, address, kept_until)
           SELECT user_id, channel, CASE WHEN former_until > :now THEN former_id ELSE id END,
                  CASE WHEN former_until > :now THEN former_address ELSE address END,
                  CASE WHEN former_until > :now THEN former_until ELSE :until END
           FROM contacts WHERE user_id = :userId`,
        ).run({ userId, now, until: now + FORMER_MS });
        return Number(sql('DELETE FROM contacts WHERE user_id = ?').run(userId).changes);
      }),
    list: () =>
      db.read((sql) =>
        sql(`SELECT ${COLUMNS} FROM contacts ORDER BY user_name_key, user_id, channel`).all().map(toContact),
      ),
  };
}

/** The audit log in SQLite. */
export function createSqliteAudit(db: Sqlite): Audit {
  return {
    add: (entry) =>
      db.write((sql) => {
        sql(`INSERT INTO audit (${AUDIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`).run(...auditValues(entry));
      }),
    list: ({ limit, before, userId }) =>
      db.read((sql) => {
        const below = before ?? Number.MAX_SAFE_INTEGER;
        const rows =
          userId === undefined
            ? sql('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?').all(below, limit)
            : sql('SELECT * FROM audit WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?').all(
                userId,
                below,
                limit,
              );
        return rows.map(toAuditEntry);
      }),
  };
}

/** Limits in SQLite; each take is one upsert. A power cut may give the last takes back. */
export function createSqliteLimits(db: Sqlite): Limits {
  return {
    take: (key, { points, windowMs }, now) =>
      db.writeUnsynced((sql) => {
        const row = sql(
          `INSERT INTO limits (key, points, used, ends_at) VALUES (:key, :points, 1, :endsAt)
           ON CONFLICT (key) DO UPDATE SET points = excluded.points,
             used = CASE WHEN ends_at > :now AND ends_at <= :latest THEN used + 1 ELSE 1 END,
             ends_at = CASE WHEN ends_at > :now AND ends_at <= :latest THEN ends_at ELSE excluded.ends_at END
           RETURNING used, ends_at`,
        ).get({ key, points, now, endsAt: now + windowMs, latest: now + windowMs + CLOCK_SKEW_MS });
        return toTaken(row ?? {}, points);
      }),
    giveBack: (key, takes) =>
      db.writeUnsynced((sql) => {
        sql('UPDATE limits SET used = MAX(0, used - ?) WHERE key = ?').run(takes, key);
      }),
    read: (key, now, windowMs) =>
      db.read((sql) => toLimitState(sql('SELECT * FROM limits WHERE key = ?').get(key), now, windowMs)),
    clear: (key) =>
      db.writeUnsynced((sql) => {
        sql('DELETE FROM limits WHERE key = ?').run(key);
      }),
  };
}

/** Removes rows nobody can use any more; answers how many. */
export function removeOldRows(db: Sqlite, ages: RetentionAges): Promise<number> {
  return removeInBatches(ages, ({ table, key, endedAt }, before) =>
    db.write((sql) => {
      const old = `SELECT ${key} FROM ${table} WHERE ${endedAt} < ? LIMIT ${BATCH_ROWS}`;
      return Number(sql(`DELETE FROM ${table} WHERE (${key}) IN (${old})`).run(before).changes);
    }),
  );
}

/** Settings in SQLite. */
export function createSqliteSettings(db: Sqlite): Settings {
  return {
    getOrCreate: (key, make) =>
      db.write((sql) => {
        const kept = () => sql('SELECT value FROM settings WHERE key = ?').get(key);
        const found = kept();
        if (found !== undefined) return text(found, 'value');
        const value = make();
        sql('INSERT INTO settings (key, value) VALUES (?, ?)').run(key, value);
        return value;
      }),
  };
}

/** Opens a storage in a SQLite file; see `openStorage`. @throws {StorageError} */
export async function openSqliteStorage(path: string, log?: StorageLog): Promise<Storage> {
  const db = await openSqlite(path, { log });
  return {
    contacts: createSqliteContacts(db),
    links: createSqliteLinks(db),
    outbox: createSqliteOutbox(db),
    limits: createSqliteLimits(db),
    places: createSqlitePlaces(db),
    audit: createSqliteAudit(db),
    settings: createSqliteSettings(db),
    removeOld: (ages) => removeOldRows(db, ages),
    close: async () => db.close(),
  };
}
