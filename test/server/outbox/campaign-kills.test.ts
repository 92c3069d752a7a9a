import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CAMPAIGN_RATE_SETTING } from '../../../server/ports/campaigns.ts';
import type { NewMessage } from '../../../server/ports/outbox-store.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { isSound, killHard, readStates } from '../../support/program/killed-outbox.ts';

const MANY = 60;

async function makeCampaign(): Promise<string> {
  const path = join(await tempFolder(), 'gatehouse.db');
  const storage = await openStorage(path);
  const messages: NewMessage[] = [];
  for (let n = 0; n < MANY; n += 1) {
    const about = { userId: n.toString(16).padStart(32, '0'), userName: `person ${n}` };
    await storage.contacts.set({ ...about, channel: 'email', address: `person${n}@example.org` });
    const [contact] = await storage.contacts.ofUser(about.userId);
    const message = { kind: 'contact-confirm', language: 'en', key: `key-${n}` } as const;
    messages.push({ ...message, ...about, queue: 'email', contactId: contact?.id });
  }
  await storage.settings.set(CAMPAIGN_RATE_SETTING, '3600');
  expect(await storage.campaigns.add(messages, 0)).toBe(MANY);
  await storage.close();
  return path;
}

function start(path: string, smtp: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'campaign-child.ts'), path, smtp], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('killed three times in the middle of a campaign: everybody is asked, and nobody twice who was not just being asked', {
  timeout: 90_000,
}, async () => {
  const path = await makeCampaign();
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
