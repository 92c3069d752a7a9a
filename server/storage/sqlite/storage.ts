import type { Audit, AuditEntry } from '../../ports/audit.ts';
import type { Limits } from '../../ports/limits.ts';
import type { Settings } from '../../ports/settings.ts';
import type { RetentionAges, Storage, StorageLog } from '../../ports/storage.ts';
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
import { createSqliteAccountSessions } from './account-sessions.ts';
import { createSqliteCampaigns } from './campaigns.ts';
import { createSqliteContactChanges } from './contact-changes.ts';
import { createSqliteContacts } from './contacts.ts';
import { openSqlite, type Sqlite } from './database.ts';
import { createSqliteLinks } from './links.ts';
import { createSqliteOutbox } from './outbox.ts';
import { createSqlitePlaces } from './places.ts';
import { createSqlitePreferences } from './preferences.ts';
import { createSqliteResetCodes } from './reset-codes.ts';

/** The audit log in SQLite. */
export function createSqliteAudit(db: Sqlite): Audit {
  const addAll = (entries: readonly AuditEntry[]): Promise<void> =>
    db.write((sql) => {
      const insert = sql(`INSERT INTO audit (${AUDIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
      for (const entry of entries) insert.run(...auditValues(entry));
    });
  return {
    add: (entry) => addAll([entry]),
    addAll,
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
    set: (key, value) =>
      db.write((sql) => {
        sql('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)').run(key, value);
      }),
  };
}

/** Opens a storage in a SQLite file; see `openStorage`. @throws {StorageError} */
export async function openSqliteStorage(path: string, log?: StorageLog): Promise<Storage> {
  const db = await openSqlite(path, { log });
  return {
    contacts: createSqliteContacts(db),
    contactChanges: createSqliteContactChanges(db),
    accountSessions: createSqliteAccountSessions(db),
    preferences: createSqlitePreferences(db),
    links: createSqliteLinks(db),
    resetCodes: createSqliteResetCodes(db),
    outbox: createSqliteOutbox(db),
    campaigns: createSqliteCampaigns(db),
    limits: createSqliteLimits(db),
    places: createSqlitePlaces(db),
    audit: createSqliteAudit(db),
    settings: createSqliteSettings(db),
    removeOld: (ages) => removeOldRows(db, ages),
    close: async () => db.close(),
  };
}
