/**
 * A small process around the real outbox, made to be killed. Arguments: database file, SMTP address, `ask` or `run`,
 * the lease in ms or `default`, and `away` when Jellyfin shall not answer. Prints `asked` once the request is kept.
 */
import { createEmailChannel } from '../../../server/channels/email.ts';
import { createLogger } from '../../../server/log/log.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { createRequestReset } from '../../../server/reset/request-reset.ts';
import { createMessageSecrets } from '../../../server/secrets/message-secrets.ts';
import { createPinHash } from '../../../server/secrets/pin.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { account, createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';

const [path = '', url = '', mode = '', lease = 'default', jellyfin = ''] = process.argv.slice(2);
const anna = account('anna');
const accounts = createMemoryAccounts([anna]);
if (jellyfin === 'away') accounts.findByName = () => new Promise(() => undefined);

const storage = await openStorage(path);
const clock = { now: () => Date.now() };
const log = createLogger('info', process.stderr);
await storage.contacts.set({
  userId: anna.id,
  userName: 'anna',
  channel: 'email',
  address: 'anna@example.org',
});
const outbox = createOutbox({
  accounts,
  clock,
  log,
  channels: [
    createEmailChannel({ url, from: { name: '', address: 'noreply@example.org' }, requireTls: false }),
  ],
  contacts: storage.contacts,
  links: storage.links,
  limits: storage.limits,
  hashPin: createPinHash('key of the tests'),
  messages: createMessages(),
  secrets: createMessageSecrets(Buffer.alloc(32, 'key of the tests')),
  store: storage.outbox,
  publicUrl: 'https://media.example.org',
  linkLifetimeMs: 1_800_000,
  ...(lease === 'default' ? {} : { leaseMs: Number(lease) }),
});
outbox.start();
if (mode === 'ask') {
  const { requestReset } = createRequestReset({
    store: storage.outbox,
    limits: { needsProof: async () => false, take: async () => true },
    proofs: {
      challenge: () => Promise.reject(new Error('no proof is asked for here')),
      spend: async () => true,
    },
    ...{ wake: outbox.wake, clock, log },
  });
  await requestReset({ enteredName: 'anna', clientAddress: '192.0.2.1', acceptLanguage: 'en' });
  process.stdout.write('asked\n');
}
