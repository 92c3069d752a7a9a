import { expect, test } from 'vitest';
import { laterQueue, MOST_CAMPAIGN_UNDER_WAY } from '../../../server/ports/campaigns.ts';
import type { NewMessage } from '../../../server/ports/outbox-store.ts';
import type { Storage } from '../../../server/ports/storage.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

/** What every adapter of Campaigns keeps, with the outbox beside it. `open` gives an empty storage for the running test. */
export function testCampaigns(open: () => Promise<Storage>): void {
  let made = 0;
  async function messageFor(storage: Storage, name: string, channel = 'email'): Promise<NewMessage> {
    const userId = Buffer.from(name).toString('hex').padEnd(32, '0');
    await storage.contacts.set({ userId, userName: name, channel, address: `${name}@example.org` }, NOW);
    const contact = (await storage.contacts.ofUser(userId)).find((one) => one.channel === channel);
    made += 1;
    const about = { kind: 'contact-confirm', language: 'de', key: `key ${made}` } as const;
    return { ...about, userId, userName: name, queue: channel, contactId: contact?.id };
  }
  const claim = (storage: Storage, queue: string, now = NOW) =>
    storage.outbox.claim(queue, 'one', now, 6_000, 50);

  test('a message waits in a queue of its own, and goes to that of its channel as the same row', async () => {
    const storage = await open();
    const message = await messageFor(storage, 'anna');
    expect(await storage.campaigns.add([message], NOW)).toBe(1);
    expect(await claim(storage, 'email')).toEqual([]);
    expect(await storage.campaigns.look('email', NOW)).toEqual({ isWaiting: true, isBusy: false });
    expect(await storage.campaigns.look('pager', NOW)).toEqual({ isWaiting: false, isBusy: false });
    expect(await storage.campaigns.release('pager', NOW)).toBe(false);
    const later = NOW + 40 * HOUR;
    expect(await storage.campaigns.release('email', later)).toBe(true);
    expect(await storage.campaigns.release('email', later)).toBe(false);
    const rows = await claim(storage, 'email', later);
    // It waits since then, so that it is not given up for having waited for its turn.
    expect(rows).toMatchObject([{ ...message, createdAt: NOW, waitingSince: later, tries: 1 }]);
  });

  test('those who wait longest go first, and of two processes each takes another one', async () => {
    const storage = await open();
    const names = Array.from({ length: 12 }, (_, n) => `person ${n}`);
    for (const [n, name] of names.entries())
      await storage.campaigns.add([await messageFor(storage, name)], NOW + n);
    const released = await Promise.all(names.map(() => storage.campaigns.release('email', NOW + HOUR)));
    expect(released.filter(Boolean).length).toBeGreaterThan(0);
    while (await storage.campaigns.release('email', NOW + HOUR));
    const rows = await claim(storage, 'email', NOW + HOUR);
    expect(rows.map((row) => 'userName' in row && row.userName)).toEqual(names);
  });

  test('nobody is asked twice while the message waits, or its link works', async () => {
    const storage = await open();
    const { campaigns, contactChanges, contacts, outbox } = storage;
    const first = await messageFor(storage, 'anna');
    expect(await campaigns.add([first, { ...first, key: 'again' }], NOW)).toBe(1);
    expect(await campaigns.add([{ ...first, key: 'once more' }], NOW)).toBe(0);
    await campaigns.release('email', NOW);
    expect(await campaigns.add([{ ...first, key: 'released' }], NOW)).toBe(0);
    const [row] = await claim(storage, 'email');
    const { userId, userName } = first;
    const link = { kind: 'confirm', secretHash: 'c'.repeat(64), userId, userName, channel: 'email' } as const;
    await contactChanges.add({ ...link, address: 'ANNA@example.org', expiresAt: NOW + HOUR }, NOW);
    await outbox.end({ id: row?.id ?? 0, owner: 'one' }, 'sent', undefined, NOW);
    expect(await campaigns.add([{ ...first, key: 'sent' }], NOW + 1)).toBe(0);
    expect(await campaigns.add([{ ...first, key: 'expired' }], NOW + HOUR)).toBe(1);
    // Another address is another question.
    await contacts.set({ userId, userName, channel: 'email', address: 'other@example.org' }, NOW);
    const [other] = await contacts.ofUser(userId);
    expect(await campaigns.add([{ ...first, key: 'other', contactId: other?.id }], NOW + 2)).toBe(1);
  });

  test('of two who begin the same campaign at once each person is asked once', async () => {
    const storage = await open();
    const messages: NewMessage[] = [];
    for (let n = 0; n < 20; n += 1) messages.push(await messageFor(storage, `person ${n}`));
    const twice = messages.map((message) => ({ ...message, key: `${message.key} again` }));
    const added = await Promise.all([
      storage.campaigns.add(messages, NOW),
      storage.campaigns.add(twice, NOW),
    ]);
    expect(added.reduce((sum, many) => sum + many, 0)).toBe(20);
    expect(await storage.campaigns.count(NOW)).toMatchObject({ waiting: 20 });
  });

  test('what is due in the queue of the channel comes first, and only so many are under way', async () => {
    const storage = await open();
    const { campaigns, outbox } = storage;
    for (let n = 0; n < MOST_CAMPAIGN_UNDER_WAY + 1; n += 1)
      await campaigns.add([await messageFor(storage, `person ${n}`)], NOW);
    const reset = { ...(await messageFor(storage, 'forgetful')), kind: 'reset-link' } as const;
    await outbox.addMessage(reset, NOW);
    expect(await campaigns.look('email', NOW)).toEqual({ isWaiting: true, isBusy: true });
    const [row] = await claim(storage, 'email');
    expect(await campaigns.look('email', NOW)).toEqual({ isWaiting: true, isBusy: false });
    await outbox.delay({ id: row?.id ?? 0, owner: 'one' }, NOW + HOUR, 'greylisted', 'refused');
    expect(await campaigns.look('email', NOW)).toEqual({ isWaiting: true, isBusy: false });
    for (let n = 0; n < MOST_CAMPAIGN_UNDER_WAY; n += 1) await campaigns.release('email', NOW - HOUR);
    await claim(storage, 'email');
    expect(await campaigns.look('email', NOW)).toEqual({ isWaiting: true, isBusy: true });
  });

  test('what is stopped is dropped, but for what somebody is sending', async () => {
    const storage = await open();
    const { campaigns, outbox } = storage;
    for (const name of ['anna', 'ben', 'cem', 'dora'])
      await campaigns.add([await messageFor(storage, name)], NOW);
    await campaigns.release('email', NOW);
    const [sending] = await claim(storage, 'email');
    await campaigns.release('email', NOW);
    await outbox.addMessage({ ...(await messageFor(storage, 'eve')), kind: 'reset-link' }, NOW);
    expect(await campaigns.stop(NOW + 1)).toBe(3);
    expect(await campaigns.stop(NOW + 1)).toBe(0);
    expect(await campaigns.look('email', NOW + 1)).toMatchObject({ isWaiting: false });
    expect(await outbox.end({ id: sending?.id ?? 0, owner: 'one' }, 'sent', undefined, NOW)).toBe(true);
    expect(await campaigns.count(NOW)).toMatchObject({ waiting: 0, sent: 1, dropped: 3 });
    expect(await claim(storage, 'email', NOW + 1)).toMatchObject([{ kind: 'reset-link' }]);
  });

  test('what became of it is counted: sent, open, settled, confirmed, disowned, expired, failed', async () => {
    const storage = await open();
    const { campaigns, contacts, contactChanges, outbox } = storage;
    const ends = ['sent', 'sent', 'sent', 'sent', 'dead', 'dropped'] as const;
    for (const [n, end] of ends.entries()) {
      await campaigns.add([await messageFor(storage, `person ${n}`)], NOW);
      await campaigns.release('email', NOW);
      const [row] = await claim(storage, 'email');
      await outbox.end({ id: row?.id ?? 0, owner: 'one' }, end, undefined, NOW);
    }
    const link = (n: number, expiresAt: number, kind: 'confirm' | 'disowned' = 'confirm') => ({
      ...{ kind, secretHash: `${kind === 'confirm' ? n : 9}`.repeat(64), userId: `${n}`.repeat(32) },
      ...{ userName: `person ${n}`, channel: 'email', address: `${n}@example.org`, expiresAt },
    });
    await contactChanges.add(link(0, NOW + HOUR), NOW);
    const { userId, userName, channel, address } = link(0, NOW);
    await contacts.set({ userId, userName, channel, address }, NOW);
    // Both asked and gone from what they were asked about: proved by a code, and replaced.
    for (const [n, kept] of [
      [4, '4@example.org'],
      [5, 'new@example.org'],
    ] as const) {
      const asked = link(n, NOW + HOUR);
      await contactChanges.add(asked, NOW);
      const state = n === 4 ? ({ state: 'verified' } as const) : {};
      await contacts.set({ ...{ userId: asked.userId, userName, channel }, address: kept }, NOW, state);
    }
    await contactChanges.add(link(1, NOW + HOUR), NOW);
    await contactChanges.spend('confirm', '1'.repeat(64), NOW);
    await contactChanges.add(link(2, NOW + HOUR), NOW);
    await contactChanges.add(link(2, NOW + HOUR, 'disowned'), NOW);
    await contactChanges.spend('disowned', '9'.repeat(64), NOW);
    await contactChanges.spend('confirm', '2'.repeat(64), NOW);
    await contactChanges.add(link(3, NOW), NOW - HOUR);
    expect(await campaigns.count(NOW)).toEqual({
      ...{ waiting: 0, sent: 4, failed: 1, dropped: 1 },
      ...{ open: 1, settled: 2, confirmed: 1, disowned: 1, expired: 1 },
    });
  });

  test('a campaign that waits is neither work that is late nor work that piles up, and uses up nothing of an account', async () => {
    const storage = await open();
    const { campaigns, outbox } = storage;
    const message = await messageFor(storage, 'anna');
    await campaigns.add([message], NOW);
    expect(await outbox.oldestAt()).toBeUndefined();
    expect(await outbox.countOpen()).toEqual({ waiting: 0, dead: 0 });
    expect(await outbox.waitingQueues()).toEqual([laterQueue('email')]);
    await campaigns.release('email', NOW + HOUR);
    expect(await outbox.countOpen()).toEqual({ waiting: 1, dead: 0 });
    expect(await outbox.countAsked(message.userId, { since: 0, until: NOW + HOUR })).toBe(0);
  });
}
