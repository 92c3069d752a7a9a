import { findAddressFault, parsePostgresAddress } from '../../config/postgres-address.ts';
import type { Audit, AuditEntry } from '../../ports/audit.ts';
import type { Limits } from '../../ports/limits.ts';
import type { Settings } from '../../ports/settings.ts';
import { type RetentionAges, type Storage, StorageError, type StorageLog } from '../../ports/storage.ts';
import { BATCH_ROWS, removeInBatches } from '../retention.ts';
import {
  AUDIT_COLUMNS,
  auditValues,
  CLOCK_SKEW_MS,
  text,
  toAuditEntry,
  toLimitState,
  toTaken,
} from '../rows.ts';
import { createPostgresAccountSessions } from './account-sessions.ts';
import { createPostgresCampaigns } from './campaigns.ts';
import { createPostgresContactChanges } from './contact-changes.ts';
import { createPostgresContacts } from './contacts.ts';
import { openPool, type Postgres } from './database.ts';
import { createPostgresLinks } from './links.ts';
import { isUpToDate, migrate } from './migrate.ts';
import { createPostgresOutbox } from './outbox.ts';
import { createPostgresPlaces } from './places.ts';
import { createPostgresPreferences } from './preferences.ts';
import { createPostgresResetCodes } from './reset-codes.ts';

/** Of `AUDIT_COLUMNS`. */
const AUDIT_TYPES = ['bigint', 'text', 'text', 'text', 'text', 'text', 'text'];

/** The audit log in PostgreSQL. */
export function createPostgresAudit(db: Postgres): Audit {
  async function addAll(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = entries.map((entry) => auditValues(entry).map((value) => value?.toString() ?? null));
    const columns = AUDIT_TYPES.map((type, column) => `$${column + 1}::${type}[]`).join(', ');
    // In their order: ids tell what came first.
    await db.query(
      `INSERT INTO @audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS}
       FROM unnest(${columns}) WITH ORDINALITY AS given (${AUDIT_COLUMNS}, place) ORDER BY place`,
      AUDIT_TYPES.map((_, column) => rows.map((row) => row[column] ?? null)),
    );
  }

  return {
    add: (entry) => addAll([entry]),
    addAll,
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
    async set(key, value) {
      await db.query(
        'INSERT INTO @settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      );
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
    contactChanges: createPostgresContactChanges(db),
    accountSessions: createPostgresAccountSessions(db),
    preferences: createPostgresPreferences(db),
    links: createPostgresLinks(db),
    resetCodes: createPostgresResetCodes(db),
    outbox: createPostgresOutbox(db),
    campaigns: createPostgresCampaigns(db),
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
