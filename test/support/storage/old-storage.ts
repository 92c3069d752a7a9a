import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from '../../../server/storage/sqlite/migrations.ts';

/**
 * Makes a SQLite file as Gatehouse 0.1 left it, with schema 1: a contact of `Önder`, a link with the hash `old-link`
 * and a waiting message of his.
 */
export function makeOldStorage(path: string, expiresAt: number): void {
  const db = new DatabaseSync(path);
  const [first = ''] = MIGRATIONS;
  db.exec(
    `PRAGMA journal_mode = WAL; ${first}; PRAGMA application_id = ${0x47617465}; PRAGMA user_version = 1`,
  );
  const user = `'${'1'.repeat(32)}'`;
  db.exec(`
    INSERT INTO contacts VALUES (${user}, 'email', 'Önder', 'o@example.org', 'o@example.org');
    INSERT INTO reset_links (token_hash, user_id, user_name, outbox_id, expires_at)
      VALUES ('old-link', ${user}, 'Önder', 1, ${expiresAt});
    INSERT INTO outbox (lane, kind, language, user_id, user_name, message_key, created_at, due_at)
      VALUES ('email', 'reset-link', 'de', ${user}, 'Önder', 'key', 1, 1);
  `);
  db.close();
}
