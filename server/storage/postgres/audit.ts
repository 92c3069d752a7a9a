import type { Audit } from '../../ports.ts';
import { AUDIT_COLUMNS, auditValues, toAuditEntry } from '../audit-row.ts';
import type { Postgres } from './database.ts';

/** The audit trail in PostgreSQL. */
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
