import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RescueRefusal } from './refusal.ts';

/** The database that Jellyfin has without being told otherwise. Source: jellyfin SqliteDatabaseProvider.cs, 10.11 and 12.0. */
const SQLITE = 'Jellyfin-SQLite';

/** Most characters of the file that are read; Jellyfin writes a few hundred. */
const MOST_CHARACTERS = 64 * 1024;

/**
 * Sees that Jellyfin's settings name no other database than the one in its data folder: since 10.11 there are providers besides
 * SQLite, and since 12.0 the file may be elsewhere. An old one may still lie there, and to write to it would let nobody in.
 *
 * @param dataFolder Where `data/jellyfin.db` was found.
 * @throws {RescueRefusal} when it is elsewhere, with what the settings say.
 */
export async function refuseOtherDatabase(dataFolder: string): Promise<void> {
  const folders = [join(dataFolder, 'config'), dirname(dataFolder), '/etc/jellyfin'];
  // The folder of Debian's package is that of no other.
  const own = dataFolder === '/var/lib/jellyfin' ? folders : folders.slice(0, 2);
  for (const folder of own) {
    const file = join(folder, 'database.xml');
    const text = (await readFile(file, 'utf8').catch(() => '')).slice(0, MOST_CHARACTERS);
    const type = /<DatabaseType>([^<]*)<\/DatabaseType>/.exec(text)?.[1]?.trim();
    if (type !== undefined && type !== SQLITE)
      throw new RescueRefusal(
        `${file} says that Jellyfin keeps its data with ${type}, which only the way over a PIN file suits (--way pin).`,
      );
    const path = /<Key>path<\/Key>\s*<Value>([^<]*)<\/Value>/i.exec(text)?.[1]?.trim();
    if (path !== undefined && path !== '')
      throw new RescueRefusal(
        `${file} says that Jellyfin's database is ${path}; name it as this machine has it, with --database FILE.`,
      );
  }
}
