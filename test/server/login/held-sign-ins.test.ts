import { describe, expect, it } from 'vitest';
import { KNOWN_NETWORK_MS } from '../../../server/login/login-throttle.ts';
import type { Limits } from '../../../server/ports/limits.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { startThrottle } from '../../support/jellyfin/started-throttle.ts';

const MINUTE_MS = 60_000;
const HERE = '203.0.113.7';
const THERE = '198.51.100.9';
const HOME = '192.168.1.5';

describe('a sign-in', () => {
  it('is held for the rest of the wait, at least a second, and says so in the log without the name', async () => {
    const { fail, begin, clock, kept } = startThrottle();
    await fail(3);
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 60 });
    clock.advance(500);
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 60 });
    clock.advance(MINUTE_MS - 501);
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 1 });
    clock.advance(1);
    expect(await begin()).toEqual({ isHeld: false });
    expect(kept.of('login-held')).toMatchObject([
      { level: 'warn', clientAddress: HERE, waitSeconds: 60 },
      { waitSeconds: 60 },
      { waitSeconds: 1 },
    ]);
    expect(kept.of('login-failed')).toMatchObject([
      { level: 'info', clientAddress: HERE, isHeldNow: false },
      { isHeldNow: false },
      { isHeldNow: true },
    ]);
    expect(kept.text()).not.toContain('ana');
  });

  it('is held while as many as may fail are under way, until one of them has ended', async () => {
    const { begin, end } = startThrottle();
    for (let at = 0; at < 3; at += 1) expect(await begin()).toEqual({ isHeld: false });
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 1 });
    await end('neither');
    expect(await begin()).toEqual({ isHeld: false });
    await end('success');
    expect(await begin()).toEqual({ isHeld: false });
  });

  it('counts for nothing when Jellyfin did not judge it', async () => {
    const { tryIt, fail } = startThrottle({ lockout: { limit: 3, failures: 0 } });
    await fail(2);
    expect(await tryIt('neither', THERE)).toBe(0);
    const other = startThrottle();
    for (let at = 0; at < 10; at += 1) expect(await other.tryIt('neither')).toBeUndefined();
  });

  it('of twelve names from one network is the last one', async () => {
    const { fail, tryIt } = startThrottle();
    for (let at = 0; at < 12; at += 1) await fail(1, HERE, `name-${at}`);
    expect(await tryIt('success', HERE, 'another')).toBe(60);
    expect(await tryIt('success', THERE, 'another')).toBeUndefined();
  });

  it('from home is neither held nor counted, unless the administrator wants that', async () => {
    const { fail, kept, tryIt, begin } = startThrottle();
    await fail(20, HOME);
    expect(await begin(HOME)).toEqual({ isHeld: false });
    expect(kept.lines).toEqual([]);
    const lan = startThrottle({ lan: true });
    await lan.fail(3, HOME);
    expect(await lan.tryIt('success', HOME)).toBe(60);
    expect(await tryIt('success', HOME)).toBeUndefined();
  });

  it('from home uses up what an account can take, though it is never held', async () => {
    const { fail, tryIt, jellyfin } = startThrottle({ lockout: { limit: 3, failures: undefined } });
    await fail(2, HOME);
    expect(await tryIt('success')).toBe(0);
    expect(await tryIt('success', HOME)).toBeUndefined();
    jellyfin.lockout = { limit: 3, failures: undefined };
    // Jellyfin has forgotten the failures with it.
    expect(await tryIt('success')).toBeUndefined();
  });
});

describe('an account that Jellyfin would lock', () => {
  it('holds strangers before that, without an end in sight, and not who has signed in from there before', async () => {
    const { fail, begin, tryIt, clock } = startThrottle({ lockout: { limit: 3, failures: 0 } });
    expect(await tryIt('success', THERE)).toBeUndefined();
    clock.advance(10_000);
    await fail(2);
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 0 });
    expect(await begin('192.0.2.1')).toEqual({ isHeld: true, waitSeconds: 0 });
    expect(await begin(THERE)).toEqual({ isHeld: false });
  });

  it('knows a network for 90 days from its last sign-in, and for one account only', async () => {
    expect(KNOWN_NETWORK_MS).toBe(90 * 24 * 60 * MINUTE_MS);
    const known = startThrottle({ lockout: { limit: 2, failures: 0 } });
    expect(await known.tryIt('success', THERE)).toBeUndefined();
    known.jellyfin.lockout = { limit: 2, failures: 1 };
    known.clock.advance(KNOWN_NETWORK_MS - 1);
    expect(await known.tryIt('success', THERE)).toBeUndefined();
    known.clock.advance(KNOWN_NETWORK_MS - 1);
    expect(await known.tryIt('failure', THERE)).toBeUndefined();
    expect(await known.tryIt('failure', THERE, 'ben')).toBe(0);
    known.clock.advance(1);
    expect(await known.tryIt('success', THERE)).toBe(0);
  });

  it('is not counted twice for a stranger, whose attempt was taken before it was made', async () => {
    const { fail, tryIt } = startThrottle({ lockout: { limit: 4, failures: undefined } });
    await fail(1);
    await fail(1, THERE);
    await fail(1, '192.0.2.1');
    expect(await tryIt('failure', '192.0.2.2')).toBe(0);
  });

  it('is counted for failures of a known network too', async () => {
    const { fail, tryIt } = startThrottle({ lockout: { limit: 3, failures: undefined } });
    expect(await tryIt('success', THERE)).toBeUndefined();
    await fail(2, THERE);
    expect(await tryIt('failure')).toBe(0);
  });

  it('keeps no attempt under way that was held', async () => {
    const { fail, begin, jellyfin, clock } = startThrottle({ lockout: { limit: 2, failures: 1 } });
    for (let at = 0; at < 5; at += 1) expect(await begin()).toEqual({ isHeld: true, waitSeconds: 0 });
    jellyfin.lockout = undefined;
    clock.advance(1);
    await fail(2);
  });
});

describe('when the store fails', () => {
  const broken = async (): Promise<never> => {
    throw new Error('the disk is full');
  };

  it('nobody is held, nothing is thrown, and the log says what failed', async () => {
    const { begin, end, throttle, kept } = startThrottle({
      limits: { take: broken, read: broken, clear: broken, giveBack: broken },
    });
    expect(await begin()).toEqual({ isHeld: false });
    await end('failure');
    await throttle.forgive({ userId: 'ana', userName: 'ana', clientAddress: HERE });
    expect(kept.of('login-throttle-failed')).toMatchObject([
      { level: 'error', what: 'begin', err: { message: 'the disk is full' } },
      { what: 'end' },
      { what: 'forgive' },
    ]);
  });

  it('at the budget only, the attempt is under way', async () => {
    const limits = createMemoryLimits();
    const failing: Limits = {
      ...limits,
      read: async (key, now, windowMs) =>
        key.endsWith(':known') ? broken() : limits.read(key, now, windowMs),
    };
    const { begin, kept } = startThrottle({ limits: failing });
    for (let at = 0; at < 3; at += 1) expect(await begin()).toEqual({ isHeld: false });
    expect(await begin()).toEqual({ isHeld: true, waitSeconds: 1 });
    expect(kept.of('login-throttle-failed')).toHaveLength(3);
    expect(kept.of('login-throttle-failed')[0]).toMatchObject({
      what: 'budget',
      err: { message: 'the disk is full' },
    });
  });
});
