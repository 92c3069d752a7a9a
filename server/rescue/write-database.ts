import { DatabaseSync } from 'node:sqlite';
import { asOwner } from './as-owner.ts';
import type { Change } from './changes.ts';
import type { DatabaseFile } from './database-file.ts';
import { BUSY_MS } from './read-database.ts';
import { RescueRefusal } from './refusal.ts';
import { readSchema } from './schema.ts';
import { toRefusal } from './sqlite-refusal.ts';

/**
 * Writes changes to a database that nobody has open, in one transaction as the owner of the file: a kill or a power cut at any
 * moment leaves either all of them or none. Afterwards no log and no index is left beside it.
 *
 * @param plan Reads the rows anew and says what to write.
 * @param busyMs How long is waited for somebody who has it open, in milliseconds. Default 5,000.
 * @returns What was written.
 * @throws {RescueRefusal} when somebody has it open, there is no room, or it is another than was read before; nothing is changed.
 */
export async function writeDatabase(
  file: Pick<DatabaseFile, 'path' | 'owner'>,
  plan: (db: DatabaseSync) => readonly Change[],
  busyMs = BUSY_MS,
): Promise<readonly Change[]> {
  return await asOwner(file.owner, () => {
    try {
      const changes = writeAlone(file.path, plan, busyMs);
      tidyUp(file.path);
      return changes;
    } catch (error) {
      throw toRefusal(error, file.path);
    }
  });
}

function writeAlone(
  path: string,
  plan: (db: DatabaseSync) => readonly Change[],
  timeout: number,
): readonly Change[] {
  const db = new DatabaseSync(path, { timeout });
  try {
    // Exclusive: a Jellyfin that has it open, or that starts just now, is met here and not later.
    db.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE',
    );
    readSchema(db, path);
    const changes = plan(db);
    for (const { sql, values, isOneRow } of changes) {
      const { changes: rows } = db.prepare(sql).run(values);
      if (isOneRow && Number(rows) !== 1)
        throw new RescueRefusal(`${path} was changed meanwhile: ${rows} rows in place of one; try again.`);
    }
    db.exec('COMMIT');
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    return changes;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    db.close();
  }
}

/** Who worked alone leaves the index of a Jellyfin that did not end well; the last to close as ever takes it away. */
function tidyUp(path: string): void {
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    db.prepare('SELECT COUNT(*) FROM Users').get();
  } finally {
    db.close();
  }
}
