import { afterAll, beforeAll, describe } from 'vitest';
import { parsePostgresAddress } from '../../../../server/config/postgres-address.ts';
import type { Storage } from '../../../../server/ports/storage.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { openPool, type Postgres } from '../../../../server/storage/postgres/database.ts';
import { usePostgres } from '../../../support/storage/temp-postgres.ts';
import { testStorage } from '../../ports/storage.contract.ts';

const server = usePostgres();
let storage: Storage;
let db: Postgres;

beforeAll(async () => {
  const url = server().freshUrl();
  storage = await openStorage(url);
  db = await openPool(parsePostgresAddress(url));
});
afterAll(() => Promise.all([storage.close(), db.close()]));

/** Emptied for each test and not made anew: that takes a tenth of the time. */
async function emptied(): Promise<Storage> {
  const { rows } = await db.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename <> 'schema_version'`,
    [db.schema],
  );
  await db.query(rows.map((row) => `DELETE FROM @${String(row['tablename'])}`).join('; '));
  return storage;
}

describe('PostgreSQL keeps the promises of', () => testStorage(emptied));
