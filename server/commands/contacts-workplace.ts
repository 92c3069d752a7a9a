import { randomBytes } from 'node:crypto';
import { MODS } from '../../injector/mods/index.ts';
import { createAuditedContacts } from '../audit/audited-contacts.ts';
import { startAuditing } from '../audit/auditing.ts';
import { loadConfig } from '../config/load.ts';
import { createPeople, type People } from '../contacts/people.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { readAuthority } from '../jellyfin/read-authority.ts';
import { createLogger } from '../log.ts';
import type { OutboxStore } from '../outbox/outbox-store.ts';
import type { Audit, Contacts } from '../ports.ts';
import { openStorage } from '../storage/storage.ts';
import { PROGRAM_VERSION } from '../version.ts';

/** What the commands that read and write the database work with. */
export interface Workplace {
  /** Each change is kept in the audit table. */
  readonly contacts: Contacts;
  readonly audit: Audit;
  readonly outbox: OutboxStore;
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
  const log = createLogger('warn', process.stderr);
  const auditing = startAuditing({ log, clock: { now: () => Date.now() } });
  auditing.open(storage.audit);
  const contacts = createAuditedContacts(storage.contacts, log, 'command-line');
  try {
    const { audit, outbox } = storage;
    await work({ contacts, audit, outbox, askForPeople: () => askForPeople(config.jellyfin) });
  } finally {
    await auditing.close();
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
