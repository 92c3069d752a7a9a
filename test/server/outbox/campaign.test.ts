import { expect, test, vi } from 'vitest';
import { CAMPAIGN_RATE_SETTING } from '../../../server/ports/campaigns.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const NAMES = Array.from({ length: 14 }, (_, n) => `person${n}`);

async function startCampaign() {
  const accounts = [...NAMES, 'anna'].map((name) => account(name));
  const stage = await runOutbox({ accounts, campaignLookMs: 20, parts: { messagesPerAccountPerHour: 3 } });
  await stage.storage.settings.set(CAMPAIGN_RATE_SETTING, '3600');
  async function begin(names: readonly string[]): Promise<void> {
    const messages = [];
    for (const { id: userId, name: userName } of accounts.filter(({ name }) => names.includes(name))) {
      const [contact] = await stage.storage.contacts.ofUser(userId);
      const about = { kind: 'contact-confirm', language: 'en', key: `asks ${userName}` } as const;
      messages.push({ ...about, userId, userName, queue: 'email', contactId: contact?.id });
    }
    await stage.storage.campaigns.add(messages, stage.clock.now());
  }
  const subjects = (to: string) =>
    stage.inbox.messages.filter((mail) => mail.to === to).map(({ subject }) => subject);
  const idOf = (name: string) => accounts.find((one) => one.name === name)?.id ?? '';
  return { ...stage, begin, subjects, idOf };
}

test('a question uses up nothing of what the person may ask for', { timeout: 30_000 }, async () => {
  const { begin, inbox, subjects, ask } = await startCampaign();
  await begin(['anna']);
  await inbox.waitFor(1);
  for (let asked = 0; asked < 3; asked += 1) await ask('anna');
  await inbox.waitFor(4);
  expect(subjects('anna@example.org')).toEqual([
    expect.stringMatching(/^Is this your address/),
    ...Array<unknown>(3).fill(expect.stringMatching(/^Choose a new password/)),
  ]);
});

test('a reset does not wait behind a campaign that piled up while the mail server was away', {
  timeout: 60_000,
}, async () => {
  const { begin, inbox, subjects, storage, clock, skip, ask } = await startCampaign();
  inbox.refuse(() => 421);
  await begin(NAMES);
  const waiting = () => storage.campaigns.look('email', clock.now());
  for (let minutes = 0; minutes < 60; minutes += 1) {
    skip(60_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await ask('anna');
  expect(await waiting()).toMatchObject({ isWaiting: true });
  inbox.refuse('accept');
  await vi.waitFor(
    () => {
      skip(1_000);
      expect(subjects('anna@example.org')).toHaveLength(1);
    },
    { timeout: 20_000, interval: 50 },
  );
  // No more than were under way when the server went, and what was behind them is sent too.
  expect(inbox.messages.length).toBeLessThanOrEqual(11);
  await vi.waitFor(
    () => {
      skip(60_000);
      expect(inbox.messages).toHaveLength(NAMES.length + 1);
    },
    { timeout: 30_000, interval: 50 },
  );
});

test('who has a verified contact by the time it is their turn is asked nothing', async () => {
  const { begin, inbox, storage, clock, kept, idOf } = await startCampaign();
  await begin(['person0', 'person1']);
  const [contact] = await storage.contacts.ofUser(idOf('person1'));
  await storage.contacts.verify(contact?.id ?? '', clock.now());
  await vi.waitFor(
    () => expect(kept.of('message-dropped')).toMatchObject([{ reason: 'contact-verified' }]),
    8_000,
  );
  expect(inbox.messages.map(({ to }) => to)).toEqual(['person0@example.org']);
});

test('an invitation that is sent goes to a refused contact too, and holds a link that is made then', async () => {
  const { inbox, storage, outbox, clock, idOf } = await startCampaign();
  const [contact] = await storage.contacts.ofUser(idOf('person0'));
  await storage.contacts.refuse(contact?.id ?? '');
  const about = { kind: 'invitation', language: 'en', key: 'invites', queue: 'email' } as const;
  const row = { ...about, userId: idOf('person0'), userName: 'person0', contactId: contact?.id };
  await storage.outbox.addMessage(row, clock.now());
  expect(await storage.contactChanges.openOf(idOf('person0'), 'invitation', clock.now())).toEqual([]);
  outbox.wake();
  const [mail] = await inbox.waitFor(1);
  expect(mail?.text).toMatch(/\/gatehouse\/invitation#[A-Za-z0-9_-]{43}$/m);
  expect(await storage.contactChanges.openOf(idOf('person0'), 'invitation', clock.now())).toHaveLength(1);
});
