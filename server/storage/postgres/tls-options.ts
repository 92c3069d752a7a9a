import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { PostgresAddress } from '../../config/postgres-address.ts';
import { StorageError } from '../../ports/storage.ts';

/**
 * How the way to a server is kept from others, as its address says it; false: it is not.
 *
 * @throws {StorageError} `storage-refused` when the file of certificate authorities cannot be read.
 */
export async function tlsOptions({
  tls,
  caFile,
  place,
}: PostgresAddress): Promise<false | ConnectionOptions> {
  if (tls === 'disable') return false;
  const ca = caFile === undefined ? {} : { ca: await readAuthorities(caFile, place) };
  // As libpq: `require` alone only encrypts; with authorities to trust it checks them too.
  if (tls === 'require' && caFile === undefined) return { rejectUnauthorized: false };
  if (tls === 'verify-full') return { ...ca, rejectUnauthorized: true };
  return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

async function readAuthorities(file: string, place: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const sentence = `Storage ${place} cannot be trusted: sslrootcert names ${file}, which cannot be read; correct it.`;
    throw new StorageError('storage-refused', sentence, error);
  }
}
