import type { Query } from './database.ts';

/**
 * Holds an account until the transaction ends, against every other process that holds it too. What follows sees what
 * the one before did.
 */
export async function lockAccount(query: Query, schema: string, userId: string): Promise<void> {
  await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`gatehouse ${schema}`, userId]);
}

/** The same without waiting: false when somebody else holds the account at this moment. */
export async function tryLockAccount(query: Query, schema: string, userId: string): Promise<boolean> {
  const { rows } = await query('SELECT pg_try_advisory_xact_lock(hashtext($1), hashtext($2)) AS is_held', [
    `gatehouse ${schema}`,
    userId,
  ]);
  return rows[0]?.['is_held'] === true;
}
