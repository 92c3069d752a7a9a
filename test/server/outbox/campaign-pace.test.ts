import { expect, onTestFinished, test, vi } from 'vitest';
import { startCampaignPace } from '../../../server/outbox/campaign-pace.ts';
import { CAMPAIGN_RATE_SETTING } from '../../../server/ports/campaigns.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

async function addContacts({ contacts, campaigns }: Storage, many: number): Promise<void> {
  const messages = [];
  for (let n = 0; n < many; n += 1) {
    const about = { userId: n.toString(16).padStart(32, '0'), userName: `person ${n}` };
    await contacts.set({ ...about, channel: 'email', address: `${n}@example.org` });
    const [contact] = await contacts.ofUser(about.userId);
    const message = { kind: 'contact-confirm', language: 'en', key: `key ${n}` } as const;
    messages.push({ ...message, ...about, queue: 'email', contactId: contact?.id });
  }
  await campaigns.add(messages, START);
}

/** Processes that keep the pace of one storage, in front of a mail server that takes everything at once. */
function startPaces(storage: Storage, processes: number, stepMs: number) {
  let now = START;
  const sentAt: number[] = [];
  const clock = { now: () => (now += stepMs) };
  let sending = Promise.resolve();
  async function sendAll(): Promise<void> {
    for (const row of await storage.outbox.claim('email', 'one', now, 6_000, 50)) {
      sentAt.push(now);
      await storage.outbox.end({ id: row.id, owner: 'one' }, 'sent', undefined, now);
    }
  }
  for (let process = 0; process < processes; process += 1) {
    const pace = startCampaignPace({
      ...{ campaigns: storage.campaigns, settings: storage.settings, limits: storage.limits, lookEveryMs: 1 },
      ...{ channels: [{ name: 'email' }], clock, log: keepLines().log },
      wakeMessages: () => {
        sending = sending.then(sendAll);
      },
    });
    onTestFinished(() => pace.close());
  }
  onTestFinished(() => sending);
  return { sentAt };
}

test('1,000 contacts are asked at 100 an hour, by two processes together, each once', {
  timeout: 120_000,
}, async () => {
  const storage = await tempStorage();
  await addContacts(storage, 1_000);
  const { sentAt } = startPaces(storage, 2, 9_000);
  await vi.waitFor(async () => expect(sentAt).toHaveLength(1_000), { timeout: 110_000, interval: 100 });
  expect(await storage.campaigns.count(START)).toMatchObject({ sent: 1_000, waiting: 0 });
  const inHour = (from: number) => sentAt.filter((at) => at >= from && at < from + HOUR).length;
  expect(Math.max(...sentAt.map(inHour))).toBeLessThanOrEqual(101);
  const hours = ((sentAt.at(-1) ?? 0) - START) / HOUR;
  expect(hours).toBeGreaterThan(9.9);
  // Turns are looked for every 18 s of this clock, so some are taken late.
  expect(hours).toBeLessThan(20);
});

test('another rate counts from the next message on, also for those that wait', async () => {
  const storage = await tempStorage();
  await addContacts(storage, 30);
  await storage.settings.set(CAMPAIGN_RATE_SETTING, '3600');
  const { sentAt } = startPaces(storage, 1, 1_000);
  await vi.waitFor(() => expect(sentAt).toHaveLength(30), { timeout: 20_000 });
  expect((sentAt.at(-1) ?? 0) - START).toBeLessThan(HOUR / 10);
});
