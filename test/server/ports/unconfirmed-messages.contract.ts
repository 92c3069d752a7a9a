import { expect, test } from 'vitest';
import type { NewMessage, OutboxStore } from '../../../server/ports/outbox-store.ts';

const NOW = 1_800_000_000_000;
const LEASE_MS = 6_000;
const message: NewMessage = {
  ...{ queue: 'email', contactId: 'c'.repeat(32), kind: 'reset-link', key: 'k1' },
  ...{ userId: '1'.repeat(32), userName: 'anna', language: 'de' },
};

/** What every outbox store keeps of messages that may have arrived. `open` gives an empty one for the running test. */
export function testUnconfirmedMessages(open: () => Promise<OutboxStore>): void {
  test('a clock that was set back calls no message forward that may have been sent', async () => {
    const store = await open();
    const longest = { delayMs: 60_000, unconfirmedMs: 7_200_000, leaseMs: LEASE_MS };
    const id = await store.addMessage(message, NOW);
    await store.claim('email', 'one', NOW, LEASE_MS, 9);
    await store.delay({ id, owner: 'one' }, NOW + 3_600_000, 'silence', 'unconfirmed');
    expect(await store.correctClockJump('email', NOW, longest)).toBe(0);
    expect(await store.correctClockJump('email', NOW - 7_200_000, longest)).toBe(1);
    expect(await store.nextAt('email')).toBe(NOW - 7_200_000);
  });

  test('a message has another secret after a try that did not arrive, and the same after one that may have', async () => {
    const store = await open();
    const id = await store.addMessage(message, NOW);
    const versions: number[] = [];
    const holder = { id, owner: 'one' };
    for (const cause of ['refused', 'unconfirmed', 'stalled', 'unconfirmed', undefined] as const) {
      const [row] = await store.claim('email', 'one', NOW, LEASE_MS, 9);
      versions.push(row !== undefined && 'secretVersion' in row ? row.secretVersion : -1);
      if (cause !== undefined) await store.delay(holder, NOW, 'a reason', cause);
    }
    expect(versions).toEqual([0, 1, 1, 2, 2]);
    await store.end(holder, 'dead', 'silence', NOW);
    await store.resend(id, NOW);
    expect(await store.claim('email', 'one', NOW, LEASE_MS, 9)).toMatchObject([{ secretVersion: 3 }]);
  });
}
