import { describe, expect, it, vi } from 'vitest';
import { presumeLockouts } from '../../../server/ports/lockouts.ts';
import { createFakeJellyfin, JELLYFIN_VERSIONS } from '../../jellyfin/fake-jellyfin.ts';
import { startThrottledJellyfin, type ThrottledJellyfin } from '../../support/jellyfin/throttled-jellyfin.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const STRANGERS = Array.from({ length: 20 }, (_unused, index) => `198.51.100.${index + 1}`);
const OWNER = '203.0.113.7';

/** Wrong passwords from all strangers in turn, eight at a time. */
async function attack(world: ThrottledJellyfin, tries: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < tries; at += 8) {
    const some = Array.from({ length: Math.min(8, tries - at) }, (_unused, index) =>
      world.signIn(STRANGERS[(at + index) % STRANGERS.length] ?? '', 'ana', `wrong-${at + index}`),
    );
    statuses.push(...(await Promise.all(some)).map(({ status }) => status));
  }
  return statuses;
}

describe.each(JELLYFIN_VERSIONS)('on %s, which locks at the third wrong password', (version) => {
  it('1,000 wrong passwords from 20 networks lock nobody, and the owner signs in from a known network all along', async () => {
    const world = await startThrottledJellyfin({ version });
    expect((await world.signIn(OWNER, 'ana', 'ana-pw-1')).status).toBe(200);
    for (let round = 0; round < 10; round += 1) {
      expect((await attack(world, 100)).filter((status) => status !== 401 && status !== 403)).toEqual([]);
      // The next session call of an idle person brings the old count back on 10.11 and 12.
      if (round % 2 === 0) await world.jellyfin.letIdle('ana');
      expect((await world.signIn(OWNER, 'ana', 'ana-pw-1')).status).toBe(200);
      expect(world.jellyfin.user('ana').isDisabled).toBe(false);
      world.clock.advance(20 * 60_000);
    }
    expect(world.jellyfin.user('ana').failedLogins).toBeLessThan(3);
    expect(world.asked()).toBeLessThan(60);
  });

  it('the same attack without the throttle locks the account, or would', async () => {
    const jellyfin = await createFakeJellyfin({
      ...{ version, hashMs: 1, users: [{ name: 'ana', password: 'p', loginAttemptsBeforeLockout: 3 }] },
    });
    for (let at = 0; at < 3; at += 1) {
      await fetch(`${jellyfin.url}/Users/AuthenticateByName`, {
        method: 'POST',
        headers: {
          authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ Username: 'ana', Pw: 'wrong' }),
      });
    }
    const { isDisabled, failedLogins } = jellyfin.user('ana');
    expect(version.startsWith('10.11') ? failedLogins >= 3 : isDisabled).toBe(true);
    await jellyfin.close();
  });
});

it('four processes on one database, attacked at once while passwords are being checked, lock nobody', async () => {
  const { limits } = await tempStorage();
  const first = await startThrottledJellyfin({ limits });
  const { jellyfin, clock } = first;
  const others = await Promise.all([1, 2, 3].map(() => startThrottledJellyfin({ limits, jellyfin, clock })));
  const all = [first, ...others];
  for (let round = 0; round < 5; round += 1) {
    const letGo = jellyfin.holdHashing();
    const tries = STRANGERS.map((from, at) => all[at % 4]?.signIn(from, 'ana', `wrong-${round}`));
    // Those that were let through wait for the hashing; all others have their answer by then.
    await vi.waitFor(async () => {
      const answered = await Promise.all(tries.map((one) => Promise.race([one, undefined])));
      expect(answered.filter((one) => one !== undefined).length + jellyfin.held()).toBe(STRANGERS.length);
    }, 30_000);
    letGo();
    await Promise.all(tries);
    expect(jellyfin.user('ana')).toMatchObject({ isDisabled: false });
    expect(jellyfin.user('ana').failedLogins).toBeLessThan(3);
    clock.advance(20 * 60_000);
    await all[round % 4]?.throttle.forgive({
      ...{ userId: jellyfin.user('ana').id, userName: 'ana', clientAddress: OWNER },
    });
    expect((await all[(round + 1) % 4]?.signIn(OWNER, 'ana', 'ana-pw-1'))?.status).toBe(200);
  }
  expect(first.asked()).toBeGreaterThan(9);
}, 60_000);

describe('an account that Jellyfin would lock', () => {
  it('takes two wrong passwords from strangers, then asks Jellyfin no more', async () => {
    const world = await startThrottledJellyfin();
    await attack(world, 40);
    expect(world.jellyfin.user('ana').failedLogins).toBe(2);
    expect(world.asked()).toBe(2);
  });

  it('holds a right password from a new network too, and says that waiting does not help', async () => {
    const world = await startThrottledJellyfin();
    await attack(world, 8);
    expect(await world.signIn(OWNER, 'ana', 'ana-pw-1')).toEqual({
      ...{ status: 403, errorCode: 'GatehouseSignInHeld-0' },
    });
  });

  it('opens to the network from which its owner has reset the password', async () => {
    const world = await startThrottledJellyfin();
    await attack(world, 8);
    await world.throttle.forgive({
      ...{ userId: world.jellyfin.user('ana').id, userName: undefined, clientAddress: OWNER },
    });
    expect((await world.signIn(OWNER, 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('opens to everybody within a minute after an administrator has cleared its failures', async () => {
    const world = await startThrottledJellyfin();
    await attack(world, 8);
    const path = `${world.jellyfin.url}/Users/${world.jellyfin.user('ana').id}`;
    const authorization = 'MediaBrowser Token="key"';
    const { Policy } = (await (await fetch(path, { headers: { authorization } })).json()) as {
      Policy: object;
    };
    await fetch(`${path}/Policy`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ ...Policy, InvalidLoginAttemptCount: 0 }),
    });
    world.clock.advance(61_000);
    expect((await world.signIn(OWNER, 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('counts what was tried at home, where nothing is held', async () => {
    const world = await startThrottledJellyfin();
    await world.signIn('192.168.1.5', 'ana', 'wrong');
    await world.signIn('192.168.1.5', 'ana', 'wrong');
    await attack(world, 8);
    expect(world.jellyfin.user('ana')).toMatchObject({ failedLogins: 2, isDisabled: false });
    expect((await world.signIn('192.168.1.5', 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('is not locked by sign-ins with its id, whichever way the id is written', async () => {
    const world = await startThrottledJellyfin();
    const { id } = world.jellyfin.user('ana');
    const dashed = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const authorization = 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"';
    for (const [index, one] of [id, dashed, id.toUpperCase(), `{${dashed}}`, id, dashed].entries()) {
      await fetch(`${world.url}/Users/${one}/Authenticate?pw=wrong`, {
        method: 'POST',
        headers: { authorization, 'x-forwarded-for': STRANGERS[index] ?? '' },
      });
    }
    await attack(world, 8);
    expect(world.jellyfin.user('ana')).toMatchObject({ failedLogins: 2, isDisabled: false });
  });

  it('is guarded without an API key when the administrator says what the lockout is', async () => {
    const world = await startThrottledJellyfin({ version: '10.9.11', lockouts: presumeLockouts(3) });
    await world.signIn(OWNER, 'ana', 'ana-pw-1');
    await attack(world, 100);
    expect(world.jellyfin.user('ana')).toMatchObject({ failedLogins: 2, isDisabled: false });
    expect((await world.signIn(OWNER, 'ana', 'ana-pw-1')).status).toBe(200);
  });
});
