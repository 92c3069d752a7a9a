import { describe, expect, it } from 'vitest';
import { startThrottle } from '../../support/jellyfin/started-throttle.ts';

const MINUTE_MS = 60_000;
const HERE = '203.0.113.7';
const THERE = '198.51.100.9';

describe('who has proved to own an account', () => {
  it('is held no more, from that network, and the waits are short again', async () => {
    const { fail, tryIt, throttle, clock } = startThrottle();
    await fail(3);
    clock.advance(MINUTE_MS);
    await fail(3);
    await throttle.forgive({ userId: 'ana', userName: 'ana', clientAddress: HERE });
    await fail(3);
    expect(await tryIt('success')).toBe(60);
    await fail(3, THERE);
    await throttle.forgive({ userId: 'ana', userName: 'ana', clientAddress: HERE });
    expect(await tryIt('success', THERE)).toBe(60);
  });

  it('makes the network known, and counts anew for all others', async () => {
    const { fail, tryIt, throttle, jellyfin, clock } = startThrottle({ lockout: { limit: 3, failures: 0 } });
    await fail(2);
    clock.advance(10_000);
    jellyfin.lockout = { limit: 3, failures: undefined };
    await throttle.forgive({ userId: 'ana', userName: undefined, clientAddress: THERE });
    await fail(2, '192.0.2.1');
    expect(await tryIt('success', '192.0.2.2')).toBe(0);
    expect(await tryIt('success', THERE)).toBeUndefined();
  });

  it('gains nothing by what others have under way at that moment', async () => {
    const { fail, tryIt, throttle, jellyfin } = startThrottle({ lockout: { limit: 4, failures: 0 } });
    await fail(2);
    jellyfin.lockout = { limit: 4, failures: undefined };
    await throttle.forgive({ userId: 'ana', userName: 'ana', clientAddress: THERE });
    await fail(1, '192.0.2.1');
    expect(await tryIt('success', '192.0.2.2')).toBe(0);
  });

  it('leaves an account alone that has the name by now', async () => {
    const { fail, tryIt, throttle } = startThrottle();
    await fail(3, HERE, 'ben');
    await fail(3, HERE, 'ana');
    await throttle.forgive({ userId: 'ana', userName: 'ben', clientAddress: HERE });
    expect(await tryIt('success', HERE, 'ben')).toBe(60);
    expect(await tryIt('success', HERE, 'ana')).toBeUndefined();
  });

  it('is let in by the name where accounts cannot be listed', async () => {
    const { fail, tryIt, throttle } = startThrottle();
    await fail(3, HERE, '?ana');
    await throttle.forgive({ userId: 'ana', userName: '?ana', clientAddress: HERE });
    expect(await tryIt('success', HERE, '?ana')).toBeUndefined();
  });
});
