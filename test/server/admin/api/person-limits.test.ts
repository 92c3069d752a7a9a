import { describe, expect, it } from 'vitest';
import { createJellyfinApi } from '../../../../server/jellyfin/api.ts';
import { createLockouts } from '../../../../server/jellyfin/lockouts.ts';
import { createLoginThrottle } from '../../../../server/login/login-throttle.ts';
import { createSignInLimits } from '../../../../server/login/sign-in-limits.ts';
import {
  createMessageLimits,
  MESSAGES_PER_ACCOUNT_PER_HOUR,
} from '../../../../server/outbox/message-limits.ts';
import { TEST_API_KEY } from '../../../support/jellyfin/jellyfin-accounts.ts';
import { startAdminApp } from '../../../support/reset/admin-app.ts';

const NUMBER = '+4912345';

describe('limits of a person', () => {
  it('are shown as they are used, and counted anew when they are cleared', async () => {
    const app = await startAdminApp();
    const { storage, clock, id } = app;
    await storage.contacts.set({ userId: id('alice'), userName: 'alice', channel: 'pager', address: NUMBER });
    for (let n = 0; n < 2; n += 1) await app.call('resets/send', { user: 'alice' });
    const hour = { most: MESSAGES_PER_ACCOUNT_PER_HOUR };
    expect(await app.call('limits/show', { user: 'alice' })).toMatchObject({
      messages: { hour: { ...hour, used: 2 }, day: { used: 2 }, liveLinks: { used: 0 } },
      contacts: [{ channel: 'pager', hour: { used: 0 }, day: { used: 0 } }],
      ...{ signIns: [], strangers: 0 },
    });
    clock.advance(1);
    expect(await app.call('limits/clear', { user: 'alice' })).toMatchObject({
      messages: { hour: { ...hour, used: 0 }, day: { used: 0 } },
    });
    clock.advance(1);
    await app.call('resets/send', { user: 'alice' });
    expect(await app.call('limits/show', { user: 'alice' })).toMatchObject({
      messages: { hour: { used: 1 } },
    });
  });

  it('let the message of somebody through who had as many as they may, once they are cleared', async () => {
    const { storage, clock, call, id } = await startAdminApp();
    const limits = createMessageLimits(storage.limits, {});
    const about = { queue: 'pager', contactId: undefined, kind: 'reset-link', language: 'en' } as const;
    const message = { ...about, userId: id('alice'), userName: 'alice' };
    const ask = async (key: string) => {
      const request = {
        enteredName: 'alice',
        source: 'form',
        language: 'en',
        clientAddress: '192.0.2.1',
      } as const;
      const row = (await storage.outbox.addRequest(request, clock.now(), 99)) ?? 0;
      await storage.outbox.claim('asked', 'one', clock.now(), 1_000, 99);
      const wanted = [{ message: { ...message, key }, address: NUMBER }];
      const countedFrom = await limits.countedFrom([message.userId], clock.now());
      const bounds = { ...limits.bounds(wanted, clock.now()), countedFrom };
      const stored = await storage.outbox.resolve(
        { id: row, owner: 'one' },
        [{ ...message, key }],
        bounds,
        clock.now(),
      );
      clock.advance(1);
      return Array.isArray(stored) ? stored.length : stored;
    };
    for (let n = 0; n < MESSAGES_PER_ACCOUNT_PER_HOUR; n += 1) expect(await ask(`k${n}`)).toBe(1);
    expect(await ask('over')).toBe(0);
    await call('limits/clear', { user: 'alice' });
    clock.advance(1);
    expect(await ask('anew')).toBe(1);
  });

  it('show the networks from which sign-ins are held, and clearing lets them try again', async () => {
    const app = await startAdminApp();
    const { storage, clock, lines, jellyfin } = app;
    const api = createJellyfinApi({
      url: jellyfin.url,
      apiKey: TEST_API_KEY,
      deviceId: 'test',
      version: '1',
    });
    const lockouts = createLockouts({ api, clock, log: lines.log });
    const settings = { lan: true, failures: 3, windowMs: 60_000 };
    const throttle = createLoginThrottle({
      ...{ limits: storage.limits, places: storage.places, lockouts, settings, clock, log: lines.log },
      isHome: () => false,
    });
    const attempt = { name: 'Alice', clientAddress: '203.0.113.9' };
    for (let n = 0; n < 3; n += 1) {
      await throttle.begin(attempt);
      await throttle.end(attempt, 'failure');
    }
    expect(await throttle.begin(attempt)).toMatchObject({ isHeld: true });
    await storage.audit.add({
      ...{ at: clock.now(), event: 'login-held', clientAddress: '203.0.113.9' },
      ...{ userId: app.id('alice'), userName: 'alice' },
    });
    const { signIns } = await app.call('limits/show', { user: 'alice' });
    expect(signIns).toEqual([
      { network: expect.stringContaining('203.0.113'), heldUntil: expect.any(Number) },
    ]);
    expect((await app.call('limits/clear', { user: 'alice' })).signIns).toEqual([
      { network: signIns[0]?.network },
    ]);
    expect(await throttle.begin(attempt)).toEqual({ isHeld: false });
  });

  it('are of somebody', async () => {
    const { refused } = await startAdminApp();
    expect(await refused('limits/show', { user: 'zoe' })).toBe('404 user-unknown');
    expect(await refused('limits/clear', { user: 'zoe' })).toBe('404 user-unknown');
  });
});

it('sign-ins of nobody are no limits', async () => {
  const { storage, clock, lines } = await startAdminApp();
  const lockouts = createLockouts({ api: { users: async () => [] }, clock, log: lines.log });
  const settings = { failures: 3, windowMs: 60_000 };
  const limits = createSignInLimits({ limits: storage.limits, lockouts, settings, clock });
  const account = { userId: 'a'.repeat(32), userName: 'nobody' };
  expect(await limits.networksOf(account, [])).toEqual([]);
  expect(await limits.failuresOf(account)).toBe(0);
});
