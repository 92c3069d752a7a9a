import { onTestFinished } from 'vitest';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createContactMessages } from '../../../server/outbox/contact-messages.ts';
import { createOutbox, type OutboxParts } from '../../../server/outbox/outbox.ts';
import type { Account } from '../../../server/ports/accounts.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import type { Clock } from '../../../server/ports/clock.ts';
import type { RequestSource } from '../../../server/ports/outbox-store.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { createRequestReset } from '../../../server/reset/request-reset.ts';
import { createMessageSecrets } from '../../../server/secrets/message-secrets.ts';
import { createPinHash } from '../../../server/secrets/pin.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createMemoryAccounts } from '../jellyfin/memory-accounts.ts';
import { keepLines } from '../log/kept-lines.ts';
import { createSmtpInbox, type InboxAnswer } from '../mail/smtp-inbox.ts';
import { tempStorage } from '../storage/temp-storage.ts';

/**
 * Puts the real parts of the reset service together for one test: SQLite file, outbox, SMTP; in place of Jellyfin a
 * list of accounts, each with the address `<name>@example.org` unless its name is in `withoutContact`.
 */
export async function runOutbox(
  options: {
    readonly accounts?: readonly Account[];
    readonly withoutContact?: readonly string[];
    readonly answer?: InboxAnswer;
    /** Channels besides mail, which comes first. */
    readonly otherChannels?: readonly Channel[];
    readonly parts?: Partial<OutboxParts>;
    /** How often is looked for campaigns, in ms. @default none are sent */
    readonly campaignLookMs?: number;
  } = {},
) {
  const inbox = await createSmtpInbox({ answer: options.answer ?? 'accept' });
  onTestFinished(() => inbox.close());
  const storage = await tempStorage();
  const accounts = createMemoryAccounts(options.accounts ?? []);
  for (const { id: userId, name: userName } of options.accounts ?? []) {
    if (options.withoutContact?.includes(userName) === true) continue;
    await storage.contacts.set({
      userId,
      userName,
      channel: 'email',
      address: `${userName.toLowerCase()}@example.org`,
    });
  }
  const kept = keepLines();
  // A clock that runs, and can be put forward.
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const channel = createEmailChannel({
    url: inbox.url,
    from: { name: 'Jellyfin', address: 'noreply@media.example.org' },
    requireTls: false,
    timeouts: { connectMs: 500, silenceMs: 1_000, sendMs: 2_000 },
  });
  onTestFinished(() => channel.close());
  const parts: OutboxParts = {
    accounts,
    channels: [channel, ...(options.otherChannels ?? [])],
    clock,
    contacts: storage.contacts,
    links: storage.links,
    limits: storage.limits,
    hashPin: createPinHash('key of the tests'),
    messages: createMessages(),
    secrets: createMessageSecrets(Buffer.alloc(32, 'key of the tests')),
    store: storage.outbox,
    publicUrl: 'https://media.example.org',
    linkLifetimeMs: 30 * 60_000,
    log: kept.log,
    random: () => 0,
    elapsedMs: clock.now,
    ...(options.campaignLookMs === undefined ? {} : withCampaigns(storage, options.campaignLookMs)),
    ...options.parts,
  };
  const outbox = createOutbox(parts);
  // Set down after the storage, so it ends before it.
  onTestFinished(() => outbox.close());
  outbox.start();
  const { requestReset } = createRequestReset({
    store: storage.outbox,
    limits: { needsProof: async () => false, take: async () => true },
    proofs: {
      challenge: () => Promise.reject(new Error('no proof is asked for here')),
      spend: async () => true,
    },
    wake: outbox.wake,
    clock: parts.clock,
    log: kept.log,
  });
  return {
    accounts,
    inbox,
    kept,
    outbox,
    parts,
    storage,
    clock: parts.clock,
    /** Puts the clock forward and lets the outbox look. */
    skip: (ms: number) => {
      ahead += ms;
      outbox.wake();
    },
    ask: (enteredName: string, source: RequestSource = 'form') =>
      requestReset({ enteredName, clientAddress: '192.0.2.1', acceptLanguage: 'en' }, source),
  };
}

/** What the outbox has besides where it sends what administrators ask for. */
export function withCampaigns(
  { campaigns, settings, contactChanges }: Pick<Storage, 'campaigns' | 'settings' | 'contactChanges'>,
  lookEveryMs: number,
  clock: Clock = { now: () => Date.now() },
): Pick<OutboxParts, 'campaign' | 'contactMessages'> {
  return {
    campaign: { campaigns, settings, lookEveryMs },
    contactMessages: createContactMessages({
      accounts: { serverName: async () => 'Attic' },
      ...{ changes: contactChanges, clock, publicUrl: 'https://media.example.org' },
      ...{ messages: createMessages(), secrets: createMessageSecrets(Buffer.alloc(32, 'of contacts')) },
    }),
  };
}

/** The token in a message's text. @throws {Error} when there is none. */
export function tokenIn(text: string | undefined): string {
  const token = /\/gatehouse\/reset#([A-Za-z0-9_-]{43})$/m.exec(text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link in ${String(text)}`);
  return token;
}

/** A second process's outbox over the same file, not started yet; it ends after the running test. */
export async function openSecondOutbox({
  parts,
  storage: { path },
}: {
  readonly parts: OutboxParts;
  readonly storage: { readonly path: string };
}) {
  const storage = await openStorage(path);
  onTestFinished(() => storage.close());
  const { outbox: store, links, limits, contacts } = storage;
  const outbox = createOutbox({ ...parts, store, links, limits, contacts });
  onTestFinished(() => outbox.close());
  return { storage, outbox };
}
