import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { createSmtpInbox, type InboxAnswer, type SmtpInbox } from '../mail/smtp-inbox.ts';
import { freePort } from '../network/free-port.ts';
import type { Program } from './program.ts';
import { startProgramWithReset } from './program-with-reset.ts';

/** The real program behind a trusted proxy, in front of a Jellyfin with many people who have an address each. */
export interface AskingStage {
  readonly url: string;
  readonly known: readonly string[];
  readonly jellyfin: FakeJellyfin;
  readonly inbox: SmtpInbox;
  readonly program: Program;
  readonly storagePath: string;
}

/**
 * Starts it; it is gone after the running test. With `mail: 'down'` nothing listens where the mail server should.
 *
 * @param prepare Is given the path of the database before anything else writes to it.
 */
export async function startAskingStage(
  mail: InboxAnswer | 'down' = 'accept',
  people = 150,
  resetLines = '{ limits: { requestsPerHour: 1000000 } }',
  prepare: (storagePath: string) => Promise<void> = async () => undefined,
): Promise<AskingStage> {
  const apiKey = 'a'.repeat(32);
  const known = Array.from({ length: people }, (_, n) => `person${String(n).padStart(4, '0')}`);
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      { name: 'disabled', password: 'x', isDisabled: true },
      { name: 'unreachable', password: 'x' },
      ...known.map((name) => ({ name, password: 'x' })),
    ],
  });
  onTestFinished(() => jellyfin.close());
  const inbox = await createSmtpInbox({ answer: mail === 'down' ? 'accept' : mail });
  onTestFinished(() => inbox.close());
  const folder = await tempFolder();
  const storagePath = join(folder, 'gatehouse.db');
  await prepare(storagePath);
  const storage = await openStorage(storagePath);
  for (const userName of ['admin', 'disabled', ...known]) {
    const { id: userId } = jellyfin.user(userName);
    await storage.contacts.set({ userId, userName, channel: 'email', address: `${userName}@example.org` });
  }
  await storage.close();
  const smtpUrl = mail === 'down' ? `smtp://127.0.0.1:${await freePort()}` : inbox.url;
  const { program, url } = await startProgramWithReset(
    {
      ...{ jellyfinUrl: jellyfin.url, apiKey, smtpUrl, reset: resetLines },
      trustedProxies: '127.0.0.1',
      more: 'mods: { forgot-password: { show: check-your-messages } }',
    },
    folder,
  );
  return { url, known, jellyfin, inbox, program, storagePath };
}
