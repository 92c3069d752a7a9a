/**
 * A small process around the real outbox, made to be killed while a message goes from one contact to the next. Arguments:
 * database file, addresses of two pagers, `ask` or `run`. Prints `asked` once the request is kept.
 */
import { createLogger } from '../../../server/log/log.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { createMessageSecrets } from '../../../server/secrets/message-secrets.ts';
import { createPinHash } from '../../../server/secrets/pin.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { account, createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';
import { pagerChannel } from '../../support/mail/several-pagers.ts';

const [path = '', first = '', second = '', mode = ''] = process.argv.slice(2);
const anna = account('anna');
const storage = await openStorage(path);
const clock = { now: () => Date.now() };
const about = { userId: anna.id, userName: 'anna' };
await storage.contacts.set({ ...about, channel: 'first', address: '+49301' });
await storage.contacts.set({ ...about, channel: 'second', address: '+49302' });
const outbox = createOutbox({
  accounts: createMemoryAccounts([anna]),
  channels: [await pagerChannel('first', { url: first }), await pagerChannel('second', { url: second })],
  ...{ clock, log: createLogger('info', process.stderr), leaseMs: 1_500 },
  messages: createMessages(),
  contacts: storage.contacts,
  links: storage.links,
  limits: storage.limits,
  hashPin: createPinHash('key of the tests'),
  secrets: createMessageSecrets(Buffer.alloc(32, 'key of the tests')),
  store: storage.outbox,
  publicUrl: 'https://media.example.org',
  linkLifetimeMs: 1_800_000,
});
outbox.start();
if (mode === 'ask') {
  const asked = { enteredName: 'anna', source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
  await storage.outbox.addRequest(asked, clock.now(), 10);
  outbox.wake();
  process.stdout.write('asked\n');
}
