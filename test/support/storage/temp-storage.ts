import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../files/temp-folder.ts';

/** Opens a real, empty SQLite storage that is closed and gone after the running test. */
export async function tempStorage(): Promise<Storage & { readonly path: string }> {
  const path = join(await tempFolder(), 'gatehouse.db');
  const storage = await openStorage(path);
  onTestFinished(() => storage.close());
  return { ...storage, path };
}
