import type { Audit } from '../../ports.ts';
import { AUDIT_COLUMNS, auditValues, toAuditEntry } from '../audit-row.ts';
import type { Sqlite } from './database.ts';

/** The audit trail in SQLite. */
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
