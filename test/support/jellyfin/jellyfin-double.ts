import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts into a folder what tells that it is a data folder of Jellyfin's. */
export async function makeLikeJellyfin(folder: string): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'data', 'jellyfin.db'), '');
}
