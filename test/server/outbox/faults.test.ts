import { createServer, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const HOUR_MS = 3_600_000;

/** A mail server that ends every connection at once, and remembers when they came. */
async function startBrokenServer() {
  const connectedAt: number[] = [];
  const server = createServer((socket: Socket) => {
    connectedAt.push(performance.now());
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  let isOpen = true;
  const close = () => new Promise<void>((resolve) => (isOpen ? server.close(() => resolve()) : resolve()));
  onTestFinished(close);
  return {
    port,
    connectedAt,
    channel: createEmailChannel({
      url: `smtp://127.0.0.1:${port}`,
      from: { name: '', address: 'noreply@example.org' },
      requireTls: false,
    }),
    close: async () => {
      await close();
      isOpen = false;
    },
  };
}

test('mail down at first: the mails arrive soon after it is back, with open links', async () => {
  const people = Array.from({ length: 8 }, (_, i) => account(`person${i}`));
  const broken = await startBrokenServer();
  const { ask, kept } = await runOutbox({ accounts: people, parts: { channels: [broken.channel] } });
  const startedAt = performance.now();
  for (const person of people) await ask(person.name);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThan(1), 5_000);
  await broken.close();
  const inbox = await createSmtpInbox({ port: broken.port });
  onTestFinished(() => inbox.close());
  await inbox.waitFor(1, 10_000);
  // Those that failed are due 5 s after their try; the first success calls them back at once.
  await inbox.waitFor(8, 1_500);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(8));
  expect(inbox.messages).toHaveLength(8);
});

test('a failing mail server sees at most one connection a second', async () => {
  const people = Array.from({ length: 10 }, (_, i) => account(`person${i}`));
  const broken = await startBrokenServer();
  const { ask } = await runOutbox({ accounts: people, parts: { channels: [broken.channel] } });
  for (const person of people) await ask(person.name);
  await new Promise((resolve) => setTimeout(resolve, 3_600));
  const gaps = broken.connectedAt.slice(1).map((at, i) => at - (broken.connectedAt[i] ?? 0));
  expect(broken.connectedAt.length).toBeGreaterThanOrEqual(2);
  for (const gap of gaps) expect(gap).toBeGreaterThan(950);
});

test('mail down for ten hours: the link counts its time from the mail, and of the earlier tries one is left', async () => {
  const { ask, inbox, skip, storage, clock, kept } = await runOutbox({
    accounts: [anna],
    answer: 'temporary',
  });
  await ask('anna');
  for (let hour = 0; hour < 10; hour++) {
    const before = kept.of('message-delayed').length;
    await vi.waitFor(() => {
      skip(0);
      expect(kept.of('message-delayed').length).toBeGreaterThan(before);
    }, 5_000);
    skip(HOUR_MS);
  }
  inbox.refuse('accept');
  skip(HOUR_MS);
  const [mail] = await inbox.waitFor(1);
  expect(await storage.links.look(hashToken(tokenIn(mail?.text)), clock.now() + 29 * 60_000)).toMatchObject({
    state: 'open',
  });
  const db = new DatabaseSync(storage.path, { readOnly: true });
  expect(db.prepare('SELECT COUNT(*) AS many FROM reset_links').get()).toEqual({ many: 2 });
  db.close();
  expect(inbox.messages).toHaveLength(1);
});

test('after 24 hours a message is given up, named in the log and counted; not at once when the machine was off', async () => {
  const { inbox, outbox, storage, clock, kept, skip } = await runOutbox({
    accounts: [anna],
    answer: 'temporary',
  });
  const message = { queue: 'email', kind: 'reset-link', language: 'en', key: 'k' } as const;
  const contactId = (await storage.contacts.ofUser(anna.id))[0]?.id;
  await storage.outbox.addMessage(
    { ...message, contactId, userId: anna.id, userName: 'anna' },
    clock.now() - 24 * HOUR_MS,
  );
  outbox.wake();
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1));
  skip(20 * 60_000);
  await vi.waitFor(() => expect(kept.of('message-dead')).toHaveLength(1));
  expect(kept.of('message-dead')[0]).toMatchObject({ level: 'error', userId: anna.id });
  expect(await storage.outbox.count()).toMatchObject({ dead: 1, waiting: 0 });
  expect(inbox.messages).toEqual([]);
});

test('one recipient refused for good and one for now hold up nobody', async () => {
  const people = ['gone', 'grey', 'fine', 'well'].map((name) => account(name));
  const { ask, inbox, storage, kept } = await runOutbox({ accounts: people });
  inbox.refuse((to) => (to.startsWith('gone') ? 550 : to.startsWith('grey') ? 451 : 250));
  for (const person of people) await ask(person.name);
  await inbox.waitFor(2);
  await vi.waitFor(async () =>
    expect(await storage.outbox.count()).toMatchObject({ dead: 1, sent: 2, waiting: 1 }),
  );
  expect(kept.of('message-dead')[0]?.['reason']).toContain('550');
  expect(kept.of('message-delayed')[0]?.['reason']).toContain('451');
  expect(kept.text()).not.toMatch(/gone@|grey@/);
});

test('a hanging mail server is left after its timeout, and the mail arrives later', async () => {
  const { ask, inbox, skip, kept } = await runOutbox({ accounts: [anna], answer: 'hang' });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 5_000);
  expect(kept.of('message-delayed')[0]?.['reason']).toContain('did not answer in time');
  inbox.refuse('accept');
  skip(10_000);
  await inbox.waitFor(1);
});

test('a connection cut in the middle of a mail is tried again', async () => {
  const { ask, inbox, skip, kept } = await runOutbox({ accounts: [anna], answer: 'close-mid-data' });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 5_000);
  inbox.refuse('accept');
  skip(10_000);
  await inbox.waitFor(1);
});

test('Jellyfin away: the request waits and is answered after it is back', async () => {
  const { ask, accounts, inbox, skip, storage, kept } = await runOutbox({ accounts: [anna] });
  accounts.isAway = true;
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('reset-delayed')).toHaveLength(1));
  expect(kept.of('reset-delayed')[0]).toMatchObject({
    reason: 'Jellyfin is away',
    clientAddress: '192.0.2.1',
  });
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1 });
  accounts.isAway = false;
  skip(10_000);
  await inbox.waitFor(1);
});

test('a storage that is held by another process for a while loses nothing', async () => {
  const { ask, inbox, storage } = await runOutbox({ accounts: [anna] });
  const other = new DatabaseSync(storage.path);
  other.exec('BEGIN IMMEDIATE');
  const asking = ask('anna');
  await new Promise((resolve) => setTimeout(resolve, 700));
  other.exec('COMMIT');
  other.close();
  await asking;
  await inbox.waitFor(1);
  expect(inbox.messages).toHaveLength(1);
});

test('a process that finds its message taken over breaks off before the mail is said', async () => {
  const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'RCPT' ? 'hang' : undefined) });
  const channel = createEmailChannel({
    url: smtp.url,
    from: { name: '', address: 'noreply@example.org' },
    requireTls: false,
  });
  const { ask, storage, kept } = await runOutbox({
    accounts: [anna],
    parts: { channels: [channel], leaseMs: 3_000 },
  });
  await ask('anna');
  await vi.waitFor(() => expect(smtp.reached).toContain('RCPT'));
  const db = new DatabaseSync(storage.path);
  // What a neighbour does after this process stood still for longer than its lease.
  db.exec(`UPDATE outbox SET lease_owner = 'neighbour', lease_until = 9e15 WHERE state = 'waiting'`);
  await vi.waitFor(() => expect(smtp.open).toBe(0));
  smtp.say('250 ok\r\n');
  expect(smtp.mails).toEqual([]);
  expect(kept.of('message-sent')).toEqual([]);
  const row = db.prepare(`SELECT lease_owner FROM outbox WHERE state = 'waiting'`).get();
  expect(row).toEqual({ lease_owner: 'neighbour' });
  db.close();
});
