import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { checkChannels } from '../../../server/doctor/reset-checks.ts';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { createGatehouse } from '../../../server/program/gatehouse.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { until } from '../../support/clock/until.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { PAGER, startPager } from '../../support/mail/pager-channel.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const channels = [...CHANNELS, PAGER];
const apiKey = 'a'.repeat(32);
const account = (digit: string, name: string) => {
  return { id: digit.repeat(32), name, isAdministrator: false, isDisabled: false, hasLocalPassword: true };
};
const anna = account('1', 'anna');
const ben = account('2', 'ben');

/** The outbox with both channels: anna has an address, ben a number. */
async function runBoth(options: { readonly answersNothing?: boolean } = {}) {
  const pager = await startPager(options);
  const channel = await PAGER.create({ url: pager.url }, { publicUrl: 'https://media.example.org' });
  onTestFinished(() => channel.close());
  const running = await runOutbox({
    ...{ accounts: [anna, ben], withoutContact: ['ben'], otherChannels: [channel] },
  });
  const number = { userId: ben.id, userName: 'ben', channel: 'pager', address: '+49301234567' };
  await running.storage.contacts.set(number);
  return { ...running, pager };
}

test('whoever is reached on a second channel gets the message there, and none goes out by mail', async () => {
  const { ask, inbox, pager, storage, outbox } = await runBoth();
  await ask('anna');
  await ask('ben');
  await until(() => inbox.messages.length === 1 && pager.pages.length === 1);
  await outbox.close();
  expect(pager.pages).toMatchObject([
    { number: '+49301234567', text: expect.stringContaining('/gatehouse/reset#') },
  ]);
  expect(inbox.messages.map(({ to }) => to)).toEqual(['anna@example.org']);
  expect(await storage.outbox.count()).toMatchObject({ waiting: 0, sent: 2, dead: 0 });
});

test('what waits for a channel that was taken out is given up at the start, told once, and sent when it is back', async () => {
  const { parts, storage, pager, kept, outbox } = await runBoth();
  await outbox.close();
  const messages = [anna, ben].map(({ id: userId, name: userName }) => {
    const about = { userId, userName, language: 'en', contactId: undefined } as const;
    return { ...about, queue: 'pager', kind: 'password-changed', key: userName } as const;
  });
  for (const message of messages) await storage.outbox.addMessage(message, parts.clock.now());
  const [contact] = await storage.contacts.ofUser(anna.id);
  const mail = { queue: 'email', contactId: contact?.id, kind: 'password-changed', key: 'mail' } as const;
  const about = { userId: anna.id, userName: anna.name, language: 'en' } as const;
  await storage.outbox.addMessage({ ...mail, ...about }, parts.clock.now());

  const channels = parts.channels.filter(({ name }) => name === 'email');
  const without = createOutbox({ ...parts, channels });
  without.start();
  await until(async () => (await storage.outbox.count()).sent === 1);
  await without.close();
  expect(await storage.outbox.count()).toMatchObject({ waiting: 0, dead: 2 });
  expect(await storage.outbox.listDead(1)).toMatchObject([{ reason: 'the channel pager is not set up' }]);
  expect(kept.of('channel-missing')).toMatchObject([
    { channel: 'pager', messages: 2, fix: expect.stringContaining('gatehouse messages resend --all') },
  ]);

  const { id } = (await storage.outbox.listDead(1))[0] ?? { id: 0 };
  expect(await storage.outbox.resend(id, parts.clock.now())).toBe(true);
  const again = createOutbox(parts);
  onTestFinished(() => again.close());
  again.start();
  await until(() => pager.pages.length === 1);
  expect(kept.of('channel-missing')).toHaveLength(1);
});

test('a channel that hangs holds up no other', async () => {
  const { ask, inbox, pager, storage } = await runBoth({ answersNothing: true });
  await ask('ben');
  await until(() => pager.asked() === 1);
  await ask('anna');
  await until(() => inbox.messages.length === 1);
  await until(async () => (await storage.outbox.count()).sent === 1);
  expect(inbox.messages.map(({ to }) => to)).toEqual(['anna@example.org']);
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1, sent: 1, dead: 0 });
  expect(await storage.outbox.nextAt('email')).toBeUndefined();
  expect(await storage.outbox.nextAt('pager')).toBeDefined();
  await pager.close();
});

test('a notice goes to every channel of the account, and to the address that was replaced on each', async () => {
  const { outbox, inbox, pager, storage } = await runBoth();
  const set = (channel: string, address: string) =>
    storage.contacts.set({ userId: ben.id, userName: 'ben', channel, address });
  await set('email', 'ben.old@example.org');
  await set('email', 'ben@example.org');
  await set('pager', '+49307654321');
  await outbox.passwordChanged(ben.id, 'ben', 'en');
  await until(() => inbox.messages.length === 2 && pager.pages.length === 2);
  await outbox.close();
  expect(inbox.messages.map(({ to }) => to).toSorted()).toEqual(['ben.old@example.org', 'ben@example.org']);
  expect(pager.pages.map(({ number }) => number).toSorted()).toEqual(['+49301234567', '+49307654321']);
});

test('what was asked for goes to the first channel of the registry that the person has, once', async () => {
  const { ask, inbox, pager, storage, outbox } = await runBoth();
  await storage.contacts.set({
    ...{ userId: ben.id, userName: 'ben', channel: 'email', address: 'ben@example.org' },
  });
  await ask('ben');
  await until(() => inbox.messages.length === 1);
  await outbox.close();
  expect(inbox.messages.map(({ to }) => to)).toEqual(['ben@example.org']);
  expect(pager.pages).toEqual([]);
});

test('the whole program runs on a second channel alone, by its section and its line of the registry', async () => {
  const jellyfin = await createFakeJellyfin({
    ...{ version: '10.11.11', apiKeys: [apiKey], knownProxies: ['127.0.0.1'] },
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      { name: 'ben', password: 'ben-pw-1' },
    ],
  });
  onTestFinished(() => jellyfin.close());
  const pager = await startPager();
  const folder = await tempFolder();
  const storage = await openStorage(join(folder, 'gatehouse.db'));
  const { id: userId } = jellyfin.user('ben');
  await storage.contacts.set({ userId, userName: 'ben', channel: 'pager', address: '+49301234567' });
  await storage.close();
  const configPath = join(folder, 'config.yaml');
  const text = `public: { url: 'http://127.0.0.1:8097' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${apiKey} }
reset: {}
`;
  const load = () => loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels });
  await writeFile(configPath, text);
  await expect(load()).rejects.toThrow(/reset: needs mail \(or [a-z, ]*pager\)/);
  await writeFile(configPath, `${text}pager: { address: x }\n`);
  await expect(load()).rejects.toThrow(/pager\.address/);
  await writeFile(configPath, `${text}pager: { url: '${pager.url}' }\n`);
  const config = await load();
  expect(await checkChannels(config.reset, channels)).toMatchObject([
    { name: 'pager', says: 'The pager answers.' },
  ]);

  const { log } = keepLines();
  const webFolder = join(import.meta.dirname, '../../../dist');
  const gatehouse = createGatehouse({ mods: MOD_LIST, channels, webFolder, log });
  onTestFinished(() => gatehouse.close(1_000));
  await gatehouse.apply(config);
  await gatehouse.listen('127.0.0.1', 0);
  const answer = await fetch(`http://127.0.0.1:${gatehouse.port}/Users/ForgotPassword`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ EnteredUsername: 'ben' }),
  });
  expect(answer.status).toBe(200);
  await until(() => pager.pages.length === 1);
  expect(pager.pages).toMatchObject([{ number: '+49301234567' }]);
});

test('a mail that waits is not sent on another channel, and a message on a channel that is gone waits for it', async () => {
  const { storage, inbox, outbox } = await runOutbox({ accounts: [anna] });
  const [byMail] = await storage.contacts.ofUser(anna.id);
  const of = (queue: string, key: string, contactId: string | undefined) => {
    return {
      queue,
      contactId,
      kind: 'password-changed',
      language: 'en',
      key,
      userId: anna.id,
      userName: 'anna',
    } as const;
  };
  await storage.outbox.addMessage(of('pager', 'to-the-pager', undefined), 1);
  await storage.outbox.addMessage(of('email', 'by-mail', byMail?.id), 1);
  outbox.wake();
  await until(async () => (await storage.outbox.count()).sent === 1);
  await outbox.close();
  expect(inbox.messages.map(({ messageId }) => messageId.split('@')[0])).toEqual(['<by-mail']);
  const [waiting] = await storage.outbox.claim('pager', 'one', Date.now(), 1_000, 1);
  expect(waiting).toMatchObject({ queue: 'pager', key: 'to-the-pager' });
});
