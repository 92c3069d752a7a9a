/**
 * A small process around the real outbox with a campaign, made to be killed. Arguments: database file, address of the mail server;
 * with a third, a file of messages, it only adds those, over and over.
 * Its clock goes fifty times as fast, so that a message goes every 20 ms at the highest rate.
 */
import { readFile } from 'node:fs/promises';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { createLogger } from '../../../server/log/log.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { createMessageSecrets } from '../../../server/secrets/message-secrets.ts';
import { createPinHash } from '../../../server/secrets/pin.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';
import { withCampaigns } from '../../support/reset/running-outbox.ts';

const FASTER = 50;
const [path = '', smtp = '', list] = process.argv.slice(2);
const storage = await openStorage(path);
if (list !== undefined) {
  const messages = JSON.parse(await readFile(list, 'utf8'));
  for (;;) await storage.campaigns.add(messages, 0);
}
// All processes of a test count from the same moment, by the real time.
const clock = { now: () => Math.round(Date.now() * FASTER) };
const outbox = createOutbox({
  accounts: createMemoryAccounts([]),
  channels: [
    createEmailChannel({
      url: smtp,
      from: { name: 'Jellyfin', address: 'noreply@media.example.org' },
      requireTls: false,
    }),
  ],
  ...{ clock, elapsedMs: () => performance.now() * FASTER, leaseMs: 30_000 },
  log: createLogger('silent', process.stderr),
  ...{ contacts: storage.contacts, links: storage.links, limits: storage.limits, store: storage.outbox },
  ...withCampaigns(storage, 5, clock),
  messages: createMessages(),
  hashPin: createPinHash('key of the tests'),
  secrets: createMessageSecrets(Buffer.alloc(32, 'key of the tests')),
  publicUrl: 'https://media.example.org',
  linkLifetimeMs: 1_800_000,
});
outbox.start();
