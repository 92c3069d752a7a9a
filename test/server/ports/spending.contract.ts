import { expect, test } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';

const NOW = 1_800_000_000_000;
const anna = { userId: '1'.repeat(32), userName: 'anna' };
const message = {
  queue: 'email',
  contactId: undefined,
  kind: 'reset-link',
  language: 'en',
  key: 'k',
} as const;

/** What every storage keeps about waiting messages when a link is spent. `open` gives an empty one for the running test. */
export function testSpending(open: () => Promise<Storage>): void {
  test('spending a link drops the messages that would bring the account another, and no others', async () => {
    const { links, outbox } = await open();
    await links.add({ ...anna, tokenHash: 'a', outboxId: 1, expiresAt: NOW + 1 });
    await outbox.addMessage({ ...message, ...anna }, NOW);
    await outbox.addMessage({ ...message, ...anna, kind: 'password-changed' }, NOW);
    await outbox.addMessage({ ...message, userId: '2'.repeat(32), userName: 'ben' }, NOW);
    await links.claim('a', NOW, 1000, 'claim');
    expect(await links.spend('a', 'claim', NOW)).toBe(true);
    const left = await outbox.claim('email', 'test', NOW, 1000, 10);
    expect(left.map((work) => work.queue === 'email' && `${work.userName} ${work.kind}`)).toEqual([
      'anna password-changed',
      'ben reset-link',
    ]);
    expect(await outbox.count()).toMatchObject({ dropped: 1, waiting: 2 });
  });
}
