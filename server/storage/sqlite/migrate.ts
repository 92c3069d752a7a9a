import type { DatabaseSync } from 'node:sqlite';
import { userNameKey } from '../../../injector/jellyfin/user-names.ts';
import { retryWhileBusy } from './faults.ts';
import { APPLICATION_ID, readPragma } from './integrity-check.ts';
import { MIGRATIONS } from './migrations.ts';

/** How {@link migrate} goes about its work. */
export interface MigrateOptions {
  readonly migrations?: readonly string[];
  /** Keeps a copy of the file as it is before the step to that schema; it is not called for a file that is empty. */
  readonly backUp?: (schema: number) => Promise<void>;
}

/**
 * Brings the file to the newest schema. Each step is one transaction with its number inside, so a process killed
 * in the middle leaves the old schema or the new one, and two processes at once do each step once; a new file gets all
 * of them at once. Nobody writes between the copy of a step and the step.
 *
 * @throws whatever `backUp` throws; the step it was for is not done.
 */
export async function migrate(db: DatabaseSync, options: MigrateOptions = {}): Promise<void> {
  const { migrations = MIGRATIONS, backUp } = options;
  db.function('user_name_key', { deterministic: true }, (name) => userNameKey(String(name)));
  while (readPragma(db, 'user_version') < migrations.length) {
    await retryWhileBusy(() => db.exec('BEGIN IMMEDIATE'));
    try {
      // Asked again inside: another process may have done the step while we waited.
      const version = readPragma(db, 'user_version');
      const next = version === 0 ? migrations.length : version + 1;
      if (version > 0 && version < migrations.length) await backUp?.(next);
      for (const sql of migrations.slice(version, next)) db.exec(sql);
      if (version < migrations.length)
        db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${next}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
