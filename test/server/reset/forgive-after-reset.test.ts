import { describe, expect, it } from 'vitest';
import { createHomeNetwork } from '../../../injector/addresses/networks.ts';
import { createAccounts } from '../../../server/jellyfin/accounts.ts';
import { createJellyfinApi } from '../../../server/jellyfin/api.ts';
import { createLockouts } from '../../../server/jellyfin/lockouts.ts';
import { createLoginThrottle, type OwnLoginThrottle } from '../../../server/login/login-throttle.ts';
import { forgiveAfterReset } from '../../../server/reset/choose-password.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createMemoryPlaces } from '../../../server/storage/memory-places.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { startThrottledJellyfin, type ThrottledJellyfin } from '../../support/jellyfin/throttled-jellyfin.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

const HERE = '203.0.113.7';

const apiOf = (url: string) => createJellyfinApi({ url, apiKey: 'key', deviceId: 'd', version: '1' });

async function rename({ jellyfin }: ThrottledJellyfin, name: string, next: string): Promise<void> {
  const path = `${jellyfin.url}/Users/${jellyfin.user(name).id}`;
  const authorization = 'MediaBrowser Token="key"';
  const user = (await (await fetch(path, { headers: { authorization } })).json()) as object;
  const answer = await fetch(path, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ ...user, Name: next }),
  });
  expect(answer.status).toBe(204);
}

/** Whether a right password is let through. */
async function getsIn(world: ThrottledJellyfin, name: string, password: string): Promise<boolean> {
  return (await world.signIn(HERE, name, password)).status === 200;
}

/** The reset of an account whose message was asked for while it was called `ana`. */
async function reset(world: ThrottledJellyfin, userId: string): Promise<void> {
  const { jellyfin, throttle, clock, lines } = world;
  const choosing = forgiveAfterReset({
    choosePassword: {
      look: async () => ({ state: 'unknown' }),
      redeem: async () => ({ kind: 'changed' }),
      waitUntilIdle: async () => undefined,
    },
    links: { look: async () => ({ state: 'open', userId, userName: 'ana' }) },
    accounts: createAccounts({ api: apiOf(jellyfin.url), clock, log: lines.log }),
    ...{ throttle, clock },
  });
  await choosing.redeem({ token: 't', password: 'p', clientAddress: HERE, acceptLanguage: undefined });
}

describe('a reset after the account was renamed, and another one got its name', () => {
  it.each([
    ['with an API key', undefined],
    ['without one', 'none'],
  ] as const)('opens the account and leaves the other held: %s', async (_what, lockouts) => {
    const world = await startThrottledJellyfin({ lockout: -1, ...(lockouts && { lockouts }) });
    const { id } = world.jellyfin.user('ana');
    await rename(world, 'ana', 'anna');
    await rename(world, 'ben', 'ana');
    for (const name of ['anna', 'ana']) {
      for (let at = 0; at < 5; at += 1) await world.signIn(HERE, name, 'wrong');
    }
    expect(await getsIn(world, 'anna', 'ana-pw-1')).toBe(false);

    await reset(world, id);

    expect(await getsIn(world, 'ana', 'ben-pw-1')).toBe(false);
    expect(await getsIn(world, 'anna', 'ana-pw-1')).toBe(true);
  });

  it('opens the account by its id, too, whatever was counted under its name before', async () => {
    const world = await startThrottledJellyfin({ lockout: -1 });
    const { id } = world.jellyfin.user('ana');
    for (let at = 0; at < 5; at += 1) await world.signIn(HERE, 'ana', 'wrong');
    await rename(world, 'ana', 'anna');
    world.clock.advance(60_000);
    // What was counted goes with the account, not with the name.
    expect(await getsIn(world, 'anna', 'ana-pw-1')).toBe(false);
    await rename(world, 'ben', 'ana');
    world.clock.advance(60_000);
    expect(await getsIn(world, 'ana', 'ben-pw-1')).toBe(true);

    await reset(world, id);

    expect(await getsIn(world, 'anna', 'ana-pw-1')).toBe(true);
  });
});

describe('two accounts whose names differ in the case of a foreign letter, as on 10.11.0 to 10.11.9', () => {
  async function open() {
    const jellyfin = await createFakeJellyfin({
      version: '10.11.11',
      users: ['Ünal', 'ünal'].map((name) => ({ name, password: 'p', loginAttemptsBeforeLockout: -1 })),
      apiKeys: ['key'],
    });
    const clock = createSettableClock();
    const { log } = createLogLines();
    const api = apiOf(jellyfin.url);
    const throttle = createLoginThrottle({
      lockouts: createLockouts({ api, clock, log }),
      limits: createMemoryLimits(),
      places: createMemoryPlaces(),
      settings: { lan: false, failures: 5, windowMs: 15 * 60_000 },
      isHome: createHomeNetwork(),
      ...{ clock, log },
    });
    return { jellyfin, throttle, accounts: createAccounts({ api, clock, log }) };
  }

  async function isHeld(throttle: OwnLoginThrottle, name: string): Promise<boolean> {
    const attempt = { name, clientAddress: HERE };
    const { isHeld } = await throttle.begin(attempt);
    if (!isHeld) await throttle.end(attempt, 'neither');
    return isHeld;
  }

  it('are told apart by the exact name, by a look-up and by the throttle, and one reset forgives one of them', async () => {
    const { jellyfin, throttle, accounts } = await open();
    const idOf = async (name: string) => (await accounts.findByName(name))?.id ?? '';
    const [upper, lower] = [await idOf('Ünal'), await idOf('ünal')];
    expect(upper).not.toBe(lower);
    for (const name of ['Ünal', 'ÜNAL', 'Ünal', 'ÜNAL', 'Ünal', 'ünal', 'üNAL', 'ünal', 'üNAL']) {
      const attempt = { name, clientAddress: HERE };
      expect((await throttle.begin(attempt)).isHeld).toBe(false);
      await throttle.end(attempt, 'failure');
    }
    expect(await isHeld(throttle, 'ÜNAL')).toBe(true);
    expect(await isHeld(throttle, 'üNAL')).toBe(false);
    await throttle.begin({ name: 'ünal', clientAddress: HERE });
    await throttle.end({ name: 'ünal', clientAddress: HERE }, 'failure');
    expect(await isHeld(throttle, 'üNAL')).toBe(true);

    await throttle.forgive({ userId: lower, userName: 'ünal', clientAddress: HERE });

    expect(await isHeld(throttle, 'ÜNAL')).toBe(true);
    expect(await isHeld(throttle, 'üNAL')).toBe(false);
    // By the other's name nothing of the other is forgiven.
    await throttle.forgive({ userId: lower, userName: 'Ünal', clientAddress: HERE });
    expect(await isHeld(throttle, 'Ünal')).toBe(true);
    await jellyfin.close();
  });
});
