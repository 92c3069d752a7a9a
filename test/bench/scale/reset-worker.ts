/**
 * One process that asks for resets, sends their messages and redeems their links, over a storage that others may share; Jellyfin and
 * the mail server are left out, so that what is measured is ours and the database's. Arguments: the storage, the first number of its
 * people, how many, the highest number of all, and how many at once. Begins when its parent says so; tells it each token that it sends, since the person
 * may be another process's, and its figures in the end.
 */

import { createLogger } from '../../../server/log/log.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import type { Account, Accounts } from '../../../server/ports/accounts.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import { createChoosePassword } from '../../../server/reset/choose-password.ts';
import { createProofs } from '../../../server/reset/proofs.ts';
import { createRequestLimits, createRequestReset } from '../../../server/reset/request-reset.ts';
import { createMessageSecrets } from '../../../server/secrets/message-secrets.ts';
import { createPinHash } from '../../../server/secrets/pin.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { addressOf, nameOf, userIdOf } from './fill.ts';
import { countStatements } from './statements.ts';

const [location = '', first = '0', count = '0', people = '0', atOnce = '8'] = process.argv.slice(2);
const log = createLogger('error', process.stderr);
const clock = { now: () => Date.now() };
const storage = await openStorage(location);
const statements = countStatements();

const accountOf = (n: number): Account => ({
  ...{ id: userIdOf(n), name: nameOf(n), isAdministrator: false, isDisabled: false, hasLocalPassword: true },
});
/** Everybody who resets a password, in whichever process. */
const byId = new Map(Array.from({ length: Number(people) }, (_, n) => [userIdOf(n), accountOf(n)]));
const accounts: Accounts = {
  findByName: async (name) => (name.includes('@') ? undefined : accountOf(Number(name.split(' ')[1]))),
  findById: async (id) => byId.get(id),
  serverName: async () => 'Large',
  setPassword: async () => ({ kind: 'in-force', tries: 1 }),
};

/** What waits for the message to an address. */
const awaited = new Map<string, (token: string) => void>();
const channel: Channel = {
  name: 'email',
  width: 3,
  check: async () => ({ kind: 'sent' }),
  send: async ({ to, text }) => {
    const token = /\/gatehouse\/reset#([\w-]{43})/.exec(text)?.[1];
    if (token !== undefined) process.send?.({ address: to.address, token });
    return { kind: 'sent' };
  },
  close: () => undefined,
};

const parts = {
  accounts,
  contacts: storage.contacts,
  links: storage.links,
  limits: storage.limits,
  clock,
  log,
};
const outbox = createOutbox({
  ...parts,
  ...{ store: storage.outbox, channels: [channel], publicUrl: 'https://media.example.org' },
  hashPin: createPinHash('key of the bench'),
  messages: createMessages(),
  secrets: createMessageSecrets(Buffer.alloc(32, 1)),
  linkLifetimeMs: 30 * 60_000,
  messagesPerHour: 100_000,
});
outbox.start();
const allowances = { requestsPerClientPerHour: 30, requestsPerHour: 1_000_000, proofOfWork: 'auto' } as const;
const { requestReset } = createRequestReset({
  ...parts,
  store: storage.outbox,
  limits: createRequestLimits(storage.limits, allowances, clock),
  proofs: await createProofs({ settings: storage.settings, limits: storage.limits, clock, hashes: 10 }),
  wake: outbox.wake,
});
const choosePassword = createChoosePassword({
  ...parts,
  ...{ hashToken, notices: outbox, rules: { minLength: 8, maxLength: 256 }, common: new Set<string>() },
});

const times = { ask: [] as number[], whole: [] as number[] };

async function resetOne(n: number): Promise<void> {
  const began = performance.now();
  const token = new Promise<string>((resolve) => awaited.set(addressOf(n), resolve));
  const clientAddress = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
  // Half of them remember their address only.
  const enteredName = n % 2 === 0 ? nameOf(n) : addressOf(n);
  await requestReset({ enteredName, clientAddress, acceptLanguage: 'en' }, 'account-page');
  times.ask.push(performance.now() - began);
  const redemption = { token: await token, password: `a phrase ${n}`, clientAddress, acceptLanguage: 'en' };
  const outcome = await choosePassword.redeem(redemption);
  if (outcome.kind !== 'changed') throw new Error(`the reset of person ${n} ended as ${outcome.kind}`);
  awaited.delete(addressOf(n));
  times.whole.push(performance.now() - began);
}

const told = Promise.withResolvers<void>();
process.on('message', (message: 'go' | { address: string; token: string }) => {
  if (message === 'go') told.resolve();
  else awaited.get(message.address)?.(message.token);
});
process.send?.('ready');
await told.promise;
const began = performance.now();
let next = Number(first);
const end = next + Number(count);
const opened = statements.count();
const before = process.cpuUsage();
async function work(): Promise<void> {
  for (let n = next++; n < end; n = next++) await resetOne(n);
}
await Promise.all(Array.from({ length: Number(atOnce) }, work));
const seconds = (performance.now() - began) / 1000;
const statementCount = statements.count() - opened;
const { user, system } = process.cpuUsage(before);
// The others may still need it: the queue is everybody's.
const ended = Promise.withResolvers<void>();
process.once('SIGTERM', () => ended.resolve());
process.send?.({ seconds, times, statements: statementCount, cpuMs: (user + system) / 1000 });
await ended.promise;
await outbox.close();
await storage.close();
process.disconnect();
