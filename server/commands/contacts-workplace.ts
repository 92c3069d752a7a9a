import { randomBytes } from 'node:crypto';
import { MODS } from '../../injector/mods/index.ts';
import { loadConfig } from '../config/load.ts';
import { createPeople, type People } from '../contacts/people.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { readAuthority } from '../jellyfin/read-authority.ts';
import type { Contacts } from '../ports.ts';
import { openStorage } from '../storage/storage.ts';
import { PROGRAM_VERSION } from '../version.ts';

/** What the `contacts` commands work with. */
export interface Workplace {
  readonly contacts: Contacts;
  /**
   * Asks Jellyfin for its accounts.
   *
   * @throws {JellyfinUnreachableError} when it does not answer.
   * @throws {Error} when the config has no API key.
   */
  askForPeople(): Promise<People>;
}

/**
 * Opens what the config names, runs the work and closes it again. The server may run meanwhile.
 *
 * @throws {ConfigError | StorageError} before any work was done.
 */
export async function atWork(
  configPath: string | undefined,
  work: (place: Workplace) => Promise<void>,
): Promise<void> {
  const config = await loadConfig({ configPath, environment: process.env, mods: MODS });
  const storage = await openStorage(config.storage);
  try {
    await work({ contacts: storage.contacts, askForPeople: () => askForPeople(config.jellyfin) });
  } finally {
    await storage.close();
  }
}

async function askForPeople(jellyfin: {
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly apiKey?: string | undefined;
}): Promise<People> {
  const { url, caFile, apiKey } = jellyfin;
  if (apiKey === undefined) {
    throw new Error(
      'names are looked up in Jellyfin: make a key under Dashboard, API Keys and write it to jellyfin.apiKey',
    );
  }
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const ca = await readAuthority(caFile);
  const users = await createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION }).users();
  return createPeople(users.map((user) => ({ id: user.Id, name: user.Name })));
}
