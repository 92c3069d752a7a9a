import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { userNameKey } from '../../../injector/jellyfin/user-names.ts';

/** What a large installation has in its tables. */
export interface Size {
  readonly contacts: number;
  /** Messages that were sent, links that were used and audit rows, over the last 33 days. */
  readonly history: number;
}

const DAY_MS = 24 * 60 * 60_000;
/** The last three days of it are older than what is kept. */
const HISTORY_MS = 33 * DAY_MS;

/** Id of the account of that number. */
export function userIdOf(n: number): string {
  return createHash('md5').update(String(n)).digest('hex');
}

/** Name of the account of that number. */
export function nameOf(n: number): string {
  return `Person ${n}`;
}

/** Its mail address. */
export function addressOf(n: number): string {
  return `person.${n}@example.org`;
}

/** `n` in the range of rows, `at` when the row was made; `?` are the same in both databases. */
const HISTORY = {
  outbox: [
    '(lane, kind, state, language, user_id, user_name, message_key, created_at, due_at, tries, ended_at)',
    `'email', 'reset-link', 'sent', 'en', $id, 'Person ' || n, 'key-' || n, $at, $at, 1, $at`,
  ],
  reset_links: [
    '(token_hash, kind, user_id, user_name, outbox_id, expires_at, used_at)',
    `'hash-' || n, 'link', $id, 'Person ' || n, n, $at + 1800000, $at`,
  ],
  limits: ['(key, points, used, ends_at)', `'login:' || n || ':known', 1, 1, $at + 2851200000`],
  audit: ['(at, event, user_id, user_name, outcome)', `$at, 'password-changed', $id, 'Person ' || n, 'ok'`],
} as const;

/** Fills the schema `gatehouse` of a PostgreSQL server, as fast as that can be. */
export async function fillPostgres(url: string, { contacts, history }: Size): Promise<void> {
  const db = new Client({ connectionString: url });
  await db.connect();
  await db.query(
    `INSERT INTO gatehouse.contacts (id, user_id, channel, user_name, user_name_key, address, address_key)
     SELECT md5('c' || n), md5(n::text), 'email', 'Person ' || n, 'PERSON ' || n,
            'person.' || n || '@example.org', 'person.' || n || '@example.org'
     FROM generate_series(0, $1::int - 1) AS n`,
    [contacts],
  );
  const begin = Date.now() - HISTORY_MS;
  for (const [table, [columns, values]] of Object.entries(HISTORY)) {
    const at = `(${begin}::bigint + (n::bigint * ${HISTORY_MS}) / ${history})`;
    const row = values.replaceAll('$at', at).replaceAll('$id', `md5((n % ${contacts})::text)`);
    await db.query(
      `INSERT INTO gatehouse.${table} ${columns} SELECT ${row} FROM generate_series(0, ${history} - 1) AS n`,
    );
  }
  await db.query('ANALYZE');
  await db.end();
}

/** The same for a SQLite file whose schema is made. */
export function fillSqlite(path: string, { contacts, history }: Size): void {
  const db = new DatabaseSync(path);
  db.function('user_id_of', (n) => userIdOf(Number(n)));
  db.function('user_name_key_of', (name) => userNameKey(String(name)));
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  db.exec(
    `WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${contacts - 1})
     INSERT INTO contacts (id, user_id, channel, user_name, user_name_key, address, address_key)
     SELECT user_id_of('c' || n), user_id_of(n), 'email', 'Person ' || n, user_name_key_of('Person ' || n),
            'person.' || n || '@example.org', 'person.' || n || '@example.org' FROM numbers`,
  );
  const begin = Date.now() - HISTORY_MS;
  for (const [table, [columns, values]] of Object.entries(HISTORY)) {
    const at = `(${begin} + (n * ${HISTORY_MS}) / ${history})`;
    const row = values.replaceAll('$at', at).replaceAll('$id', `user_id_of(n % ${contacts})`);
    db.exec(
      `WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${history - 1})
       INSERT INTO ${table} ${columns} SELECT ${row} FROM numbers`,
    );
  }
  db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
