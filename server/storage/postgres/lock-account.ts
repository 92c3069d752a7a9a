import type { Query } from './database.ts';

/**
 * Holds an account until the transaction ends, against every other process that holds it too. What follows sees what
 * the one before did.
 */
export async function lockAccount(query: Query, schema: string, userId: string): Promise<void> {
  await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`gatehouse ${schema}`, userId]);
}
