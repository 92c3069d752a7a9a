import { userNameKey, userNameKeys } from '../../../injector/jellyfin/user-names.ts';
import { findAddressFault, parsePostgresAddress } from '../../config/postgres-address.ts';
import type { Audit } from '../../ports/audit.ts';
import type { Contacts } from '../../ports/contacts.ts';
import type { Limits } from '../../ports/limits.ts';
import type { Settings } from '../../ports/settings.ts';
import { type RetentionAges, type Storage, StorageError, type StorageLog } from '../../ports/storage.ts';
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
import { openPool, type Postgres } from './database.ts';
import { createPostgresLinks } from './links.ts';
import { isUpToDate, migrate } from './migrate.ts';
import { createPostgresOutbox } from './outbox.ts';
import { createPostgresPlaces } from './places.ts';

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
      find('WHERE user_name_key IN ($1, $2, $3) ORDER BY user_id, channel', userNameKeys(userName)),
    set: async ({ userId, channel, userName, address }, now = Date.now()) => {
      await db.query(
        `WITH removed AS (
           DELETE FROM @removed_contacts WHERE user_id = $1 AND channel = $2 RETURNING id, address, kept_until
         ), former AS (SELECT * FROM removed WHERE kept_until > $7 AND address <> $5)
         INSERT INTO @contacts AS c (user_id, channel, user_name, user_name_key, address, address_key, id,
                                     former_id, former_address, former_until)
         VALUES ($1, $2, $3, $4, $5, $6, $9, (SELECT id FROM former), (SELECT address FROM former),
                 COALESCE((SELECT kept_until FROM former), 0))
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
    remove: async (userId, now = Date.now()) =>
      (
        await db.query(
          `WITH gone AS (DELETE FROM @contacts WHERE user_id = $1 RETURNING *)
           INSERT INTO @removed_contacts (user_id, channel, id, address, kept_until)
           SELECT user_id, channel, CASE WHEN former_until > $2 THEN former_id ELSE id END,
                  CASE WHEN former_until > $2 THEN former_address ELSE address END,
                  CASE WHEN former_until > $2 THEN former_until ELSE $3::bigint END
           FROM gone
           ON CONFLICT (user_id, channel) DO UPDATE
             SET id = excluded.id, address = excluded.address, kept_until = excluded.kept_until`,
          [userId, now, now + FORMER_MS],
        )
      ).count,
    list: () => find('ORDER BY user_name_key, user_id, channel'),
  };
}

/** The audit log in PostgreSQL. */
export function createPostgresAudit(db: Postgres): Audit {
  return {
    add: async (entry) => {
      await db.query(
        `INSERT INTO @audit (${AUDIT_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        auditValues(entry),
      );
    },
    list: async ({ limit, before, userId }) => {
      const below = before ?? Number.MAX_SAFE_INTEGER;
      const { rows } =
        userId === undefined
          ? await db.query('SELECT * FROM @audit WHERE id < $1 ORDER BY id DESC LIMIT $2', [below, limit])
          : await db.query('SELECT * FROM @audit WHERE user_id = $3 AND id < $1 ORDER BY id DESC LIMIT $2', [
              below,
              limit,
              userId,
            ]);
      return rows.map(toAuditEntry);
    },
  };
}

/** Limits in PostgreSQL; each take is one upsert. */
export function createPostgresLimits(db: Postgres): Limits {
  return {
    take: async (key, { points, windowMs }, now) => {
      const { rows } = await db.query(
        `INSERT INTO @limits AS kept (key, points, used, ends_at) VALUES ($1, $2, 1, $4)
         ON CONFLICT (key) DO UPDATE SET points = excluded.points,
           used = CASE WHEN kept.ends_at > $3 AND kept.ends_at <= $5 THEN kept.used + 1 ELSE 1 END,
           ends_at = CASE WHEN kept.ends_at > $3 AND kept.ends_at <= $5 THEN kept.ends_at ELSE excluded.ends_at END
         RETURNING used, ends_at`,
        [key, points, now, now + windowMs, now + windowMs + CLOCK_SKEW_MS],
      );
      return toTaken(rows[0] ?? {}, points);
    },
    giveBack: async (key, takes) => {
      await db.query('UPDATE @limits SET used = GREATEST(0, used - $2) WHERE key = $1', [key, takes]);
    },
    read: async (key, now, windowMs) => {
      const { rows } = await db.query('SELECT * FROM @limits WHERE key = $1', [key]);
      return toLimitState(rows[0], now, windowMs);
    },
    clear: async (key) => {
      await db.query('DELETE FROM @limits WHERE key = $1', [key]);
    },
  };
}

/** Removes rows nobody can use any more; answers how many. Rows somebody works on are left for the next time. */
export function removeOldRows(db: Postgres, ages: RetentionAges): Promise<number> {
  return removeInBatches(ages, async ({ table, endedAt }, before) => {
    // By where they lie, which nobody changes while they are locked.
    const old = `SELECT ctid FROM @${table} WHERE ${endedAt} < $1 LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED`;
    return (await db.query(`DELETE FROM @${table} WHERE ctid = ANY(ARRAY(${old}))`, [before])).count;
  });
}

/** Settings in PostgreSQL. */
export function createPostgresSettings(db: Postgres): Settings {
  return {
    getOrCreate: async (key, make) => {
      const kept = async () => (await db.query('SELECT value FROM @settings WHERE key = $1', [key])).rows[0];
      const found = await kept();
      if (found !== undefined) return text(found, 'value');
      await db.query('INSERT INTO @settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
        key,
        make(),
      ]);
      // Read again: another process may have been faster.
      return text((await kept()) ?? {}, 'value');
    },
  };
}

const PATIENT_LIMITS = { connectMs: 4_000, statementMs: 30 * 60_000 };

/** Opens a storage in PostgreSQL; see `openStorage`. @throws {StorageError} */
export async function openPostgresStorage(location: string, log?: StorageLog): Promise<Storage> {
  const fault = findAddressFault(location);
  if (fault !== undefined) throw new StorageError('storage-unsupported', `The storage address ${fault}.`);
  const db = await openPool(parsePostgresAddress(location));
  try {
    if (!(await isUpToDate(db))) await bringUpToDate(location, log);
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    contacts: createPostgresContacts(db),
    links: createPostgresLinks(db),
    outbox: createPostgresOutbox(db),
    limits: createPostgresLimits(db),
    places: createPostgresPlaces(db),
    audit: createPostgresAudit(db),
    settings: createPostgresSettings(db),
    removeOld: (ages) => removeOldRows(db, ages),
    close: () => db.close(),
  };
}

/** Over a connection of its own, where a statement may take as long as a large table takes. */
async function bringUpToDate(location: string, log: StorageLog | undefined): Promise<void> {
  const db = await openPool(parsePostgresAddress(location), PATIENT_LIMITS);
  await migrate(db, { log }).finally(() => db.close());
}
