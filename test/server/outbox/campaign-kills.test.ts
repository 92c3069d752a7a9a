import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CAMPAIGN_RATE_SETTING } from '../../../server/ports/campaigns.ts';
import type { NewMessage } from '../../../server/ports/outbox-store.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { isSound, killHard, readStates } from '../../support/program/killed-outbox.ts';

const MANY = 60;

/** Makes a database with contacts; answers its path, and a message for each. */
async function makeContacts(many: number) {
  const path = join(await tempFolder(), 'gatehouse.db');
  const storage = await openStorage(path);
  const messages: NewMessage[] = [];
  for (let n = 0; n < many; n += 1) {
    const about = { userId: n.toString(16).padStart(32, '0'), userName: `person ${n}` };
    await storage.contacts.set({ ...about, channel: 'email', address: `person${n}@example.org` });
    const [contact] = await storage.contacts.ofUser(about.userId);
    const message = { kind: 'contact-confirm', language: 'en', key: `key-${n}` } as const;
    messages.push({ ...message, ...about, queue: 'email', contactId: contact?.id });
  }
  await storage.settings.set(CAMPAIGN_RATE_SETTING, '3600');
  await storage.close();
  return { path, messages };
}

/** Adds messages as a second command does. */
async function add(path: string, messages: readonly NewMessage[]): Promise<number> {
  const storage = await openStorage(path);
  const added = await storage.campaigns.add(messages, 0);
  await storage.close();
  return added;
}

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'campaign-child.ts'), ...args], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('killed three times in the middle of a campaign: everybody is asked, and nobody twice who was not just being asked', {
  timeout: 90_000,
}, async () => {
  const { path, messages } = await makeContacts(MANY);
  expect(await add(path, messages)).toBe(MANY);
  const smtp = await startScriptedSmtp();
  const kills = [5, 20, 40];
  for (const after of kills) {
    const child = start(path, smtp.url);
    await vi.waitFor(() => expect(smtp.mails.length).toBeGreaterThan(after), {
      timeout: 20_000,
      interval: 2,
    });
    await killHard(child);
  }
  const last = start(path, smtp.url);
  await vi.waitFor(() => expect(readStates(path)).toEqual({ sent: MANY }), { timeout: 30_000, interval: 50 });
  await killHard(last);
  expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(MANY);
  expect(smtp.mails.length).toBeLessThanOrEqual(MANY + kills.length);
  expect(isSound(path)).toBe(true);
});

test('killed while it adds a thousand: begun again it adds the others, and nobody twice', {
  timeout: 90_000,
}, async () => {
  const { path, messages } = await makeContacts(1_000);
  const list = join(await tempFolder(), 'messages.json');
  await writeFile(list, JSON.stringify(messages));
  const child = start(path, '', list);
  await vi.waitFor(() => expect(readStates(path)['waiting']).toBeGreaterThan(0), {
    timeout: 20_000,
    interval: 1,
  });
  await killHard(child);
  const before = readStates(path)['waiting'] ?? 0;
  const again = messages.map((message) => ({ ...message, key: `${message.key} again` }));
  expect(await add(path, again)).toBe(1_000 - before);
  expect(readStates(path)).toEqual({ waiting: 1_000 });
  expect(isSound(path)).toBe(true);
});
