import { DatabaseSync } from 'node:sqlite';
import { isPostgresAddress, parsePostgresAddress } from '../config/postgres-address.ts';
import type { KeptAuditEntry } from '../ports/audit.ts';
import { optionalText, type Row, toAuditEntry } from './rows.ts';

/** What of a database a report is made of: what happened last, and what must not stand in it. */
export interface ReportRows {
  /** Newest first. */
  readonly audit: readonly KeptAuditEntry[];
  /** Names of users, of contacts and in the audit table. */
  readonly names: readonly string[];
  /** Ids of users. */
  readonly userIds: readonly string[];
  /** Mail addresses, and names and numbers in chats. */
  readonly addresses: readonly string[];
}

/** How long another process may hold the file, in milliseconds. */
const BUSY_MS = 2_000;

const CONTACTS = 'SELECT user_id, user_name, address FROM contacts';
const AUDITED = 'SELECT DISTINCT user_id, user_name FROM audit';
const LAST = 'SELECT * FROM audit ORDER BY id DESC LIMIT ';

/**
 * Reads it without changing anything, of an earlier schema too.
 *
 * @param most Of the audit table.
 * @throws whatever is wrong with the database.
 */
export async function readForReport(location: string, most: number): Promise<ReportRows> {
  const queries = [CONTACTS, AUDITED, `${LAST}${most}`];
  const [contacts = [], audited = [], last = []] = isPostgresAddress(location)
    ? await readPostgres(location, queries)
    : readSqlite(location, queries);
  const known = [...contacts, ...audited];
  return {
    audit: last.map(toAuditEntry),
    names: column(known, 'user_name'),
    userIds: column(known, 'user_id'),
    addresses: column(contacts, 'address'),
  };
}

function column(rows: readonly Row[], name: string): readonly string[] {
  return [...new Set(rows.map((row) => optionalText(row, name)).filter((value) => value !== undefined))];
}

function readSqlite(path: string, queries: readonly string[]): (readonly Row[])[] {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
  try {
    return queries.map((query) => db.prepare(query).all());
  } finally {
    db.close();
  }
}

async function readPostgres(location: string, queries: readonly string[]): Promise<(readonly Row[])[]> {
  // Loaded only where it is used, for the memory.
  const { openPool } = await import('./postgres/database.ts');
  const db = await openPool(parsePostgresAddress(location));
  try {
    const answers: (readonly Row[])[] = [];
    for (const query of queries) answers.push((await db.query(query.replace(/FROM (\w+)/, 'FROM @$1'))).rows);
    return answers;
  } finally {
    await db.close();
  }
}
