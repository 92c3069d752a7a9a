import { randomBytes } from 'node:crypto';
import {
  createFolderAccounts,
  type FolderAccounts,
} from '../../server/jellyfin/data-folder/folder-accounts.ts';
import { createKeylessApi } from '../../server/jellyfin/data-folder/keyless-api.ts';
import { createToldPinFiles } from '../../server/jellyfin/data-folder/told-pin-files.ts';
import type { Transport } from '../../server/jellyfin/transport.ts';
import type { Logger } from '../../server/log/log.ts';
import type { Contacts } from '../../server/ports/contacts.ts';
import type { FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { makeLikeJellyfin } from './like-jellyfin.ts';
import { createLogLines } from './log-lines.ts';
import { tempStorage } from './temp-storage.ts';

/** Settings of {@link connectFolderAccounts}. */
export interface FolderOptions {
  readonly jellyfin: FakeJellyfin;
  readonly names: readonly string[];
  /** Ids of contacts; default those of Jellyfin. */
  readonly idOf?: (name: string) => string;
  /** Default that of the fake. */
  readonly url?: string;
  readonly transport?: Transport;
  readonly folder?: string;
  readonly log?: Logger;
  readonly wait?: (ms: number) => Promise<void>;
  readonly timeoutMs?: number;
}

/** The adapter that has nothing but the data folder, as the program makes it, with a contact for each name. */
export async function connectFolderAccounts(
  options: FolderOptions,
): Promise<FolderAccounts & { readonly contacts: Contacts }> {
  const { jellyfin, names, log = createLogLines().log, url = jellyfin.url } = options;
  const { folder = jellyfin.dataFolder, idOf = (name) => jellyfin.user(name).id } = options;
  const { contacts, limits } = await tempStorage();
  const clock = { now: () => Date.now() };
  for (const userName of names) {
    const address = `${userName}@example.org`;
    await contacts.set({ userId: idOf(userName), userName, channel: 'email', address });
  }
  await makeLikeJellyfin(jellyfin.dataFolder);
  const limit = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  const way = options.transport === undefined ? {} : { transport: options.transport };
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const accounts = createFolderAccounts({
    api: createKeylessApi({ url, deviceId, version: '0.1.0', ...limit, ...way }),
    wish: { isAuto: false, places: [{ path: folder, install: 'fake' }] },
    told: createToldPinFiles(limits, clock),
    clock,
    contacts,
    log,
    ...(options.wait === undefined ? {} : { wait: options.wait }),
  });
  return { ...accounts, contacts };
}
