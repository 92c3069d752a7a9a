import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createLogger } from '../../../server/log.ts';
import { startRetention } from '../../../server/storage/retention.ts';
import { tempStorage } from '../../support/temp-storage.ts';

const DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;
const message = {
  lane: 'email',
  kind: 'reset-link',
  userId: '1'.repeat(32),
  userName: 'anna',
  language: 'en',
  key: 'k',
} as const;

test('rows that ended more than the kept days ago go, waiting ones and younger ones stay', async () => {
  const storage = await tempStorage();
  for (const endedAt of [NOW - 31 * DAY_MS, NOW - 29 * DAY_MS]) {
    const id = await storage.outbox.addMessage(message, endedAt);
    await storage.outbox.claim('email', 'one', endedAt, 1000, 1);
    await storage.outbox.end({ id, owner: 'one' }, 'sent', undefined, endedAt);
  }
  await storage.outbox.addMessage(message, NOW - 40 * DAY_MS);
  const link = { userId: message.userId, userName: 'anna', outboxId: 1 };
  await storage.links.add({ ...link, tokenHash: 'old', expiresAt: NOW - 31 * DAY_MS });
  await storage.links.add({ ...link, tokenHash: 'young', outboxId: 2, expiresAt: NOW - 29 * DAY_MS });

  const log = createLogger('silent', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const retention = startRetention({ storage, clock: { now: () => NOW }, log });
  await vi.waitFor(async () => {
    expect(await storage.links.look('old', NOW)).toEqual({ state: 'unknown' });
  });
  retention.stop();
  expect(await storage.links.look('young', NOW)).toEqual({ state: 'expired' });
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1, sent: 1 });
});
