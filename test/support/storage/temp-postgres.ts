import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

/** A PostgreSQL server for all tests of a file (or of a `describe`); ask for it inside a test. */
export function usePostgres(): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.close());
  return () => {
    if (server === undefined) throw new Error('PostgreSQL is there while a test runs only.');
    return server;
  };
}

/** Opens an empty storage in PostgreSQL that is closed after the running test. */
export async function tempPostgresStorage(
  server: PostgresServer,
): Promise<Storage & { readonly url: string }> {
  const url = server.freshUrl();
  const storage = await openStorage(url);
  onTestFinished(() => storage.close());
  return { ...storage, url };
}
