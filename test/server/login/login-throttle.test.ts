import { describe, expect, it, vi } from 'vitest';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { startThrottledJellyfin, type ThrottledJellyfin } from '../../support/jellyfin/throttled-jellyfin.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const MINUTE_MS = 60_000;
const HERE = '203.0.113.7';
const HELD = /^GatehouseSignInHeld-(\d+)$/;

const start = (more = {}): Promise<ThrottledJellyfin> => startThrottledJellyfin({ lockout: -1, ...more });

async function fail(world: ThrottledJellyfin, times: number, from = HERE, name = 'ana'): Promise<void> {
  for (let at = 0; at < times; at += 1)
    expect((await world.signIn(from, name, 'wrong')).status).toBeOneOf([401, 403]);
}

async function waitSeconds(world: ThrottledJellyfin, from = HERE, name = 'ana'): Promise<number | undefined> {
  const { errorCode } = await world.signIn(from, name, `${name}-pw-1`);
  const seconds = HELD.exec(errorCode ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

describe('five wrong passwords for one account from one network', () => {
  it('hold the sixth try though it is right, without asking Jellyfin, and say for how long', async () => {
    const world = await start();
    await fail(world, 5);
    expect(world.asked()).toBe(5);
    expect(await waitSeconds(world)).toBe(15 * 60);
    expect(world.asked()).toBe(5);
  });

  it('hold nobody else: not the account elsewhere, not others there', async () => {
    const world = await start();
    await fail(world, 6);
    expect((await world.signIn('198.51.100.1', 'ana', 'ana-pw-1')).status).toBe(200);
    expect((await world.signIn(HERE, 'ben', 'ben-pw-1')).status).toBe(200);
  });

  it('hold the account in whatever letter case its name is typed', async () => {
    const world = await start();
    for (const name of ['ana', 'ANA', 'Ana', 'aNa', 'anA']) await world.signIn(HERE, name, 'wrong');
    expect((await world.signIn(HERE, 'AnA', 'ana-pw-1')).status).toBe(403);
  });

  it('are let through again when the wait is over, and the next waits are twice as long each', async () => {
    const world = await start();
    for (const minutes of [15, 30, 60, 120]) {
      await fail(world, 5);
      expect(await waitSeconds(world)).toBe(minutes * 60);
      world.clock.advance(minutes * MINUTE_MS);
    }
    expect((await world.signIn(HERE, 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('are forgotten with a right one, waits included', async () => {
    const world = await start();
    await fail(world, 5);
    world.clock.advance(15 * MINUTE_MS);
    await fail(world, 4);
    expect((await world.signIn(HERE, 'ana', 'ana-pw-1')).status).toBe(200);
    await fail(world, 5);
    expect(await waitSeconds(world)).toBe(15 * 60);
  });

  it('are forgotten after the window', async () => {
    const world = await start();
    await fail(world, 4);
    world.clock.advance(15 * MINUTE_MS);
    await fail(world, 4);
    expect((await world.signIn(HERE, 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('are the same for a name that does not exist', async () => {
    const world = await start();
    await fail(world, 5, HERE, 'nobody');
    expect(await waitSeconds(world, HERE, 'nobody')).toBe(15 * 60);
  });

  it('are five also when 20 come at once', async () => {
    const world = await start();
    await Promise.all(Array.from({ length: 20 }, () => world.signIn(HERE, 'ana', 'wrong')));
    expect(world.asked()).toBe(5);
  });

  it('hold a whole /64 of IPv6, and not the next one', async () => {
    const world = await start();
    for (let at = 0; at < 5; at += 1) await fail(world, 1, `2001:db8:1:2:${at}::9`);
    expect(await waitSeconds(world, '2001:db8:1:2:ffff::1')).toBe(15 * 60);
    expect(await waitSeconds(world, '2001:db8:1:3::1')).toBeUndefined();
  });

  it('still hold after a restart', async () => {
    const { limits } = await tempStorage();
    const clock = createSettableClock();
    const before = await start({ limits, clock });
    await fail(before, 5);
    await vi.waitFor(() =>
      expect(before.lines.events().filter((event) => event === 'login-failed')).toHaveLength(5),
    );
    const again = await start({ limits, clock, jellyfin: before.jellyfin });
    expect(await waitSeconds(again)).toBe(15 * 60);
    expect(again.asked()).toBe(5);
  });
});

describe('a network that tries many names', () => {
  it('is held for every name after 20 wrong passwords', async () => {
    const world = await start();
    for (let at = 0; at < 20; at += 1) await fail(world, 1, HERE, `name-${at}`);
    expect(await waitSeconds(world, HERE, 'ben')).toBe(15 * 60);
    expect((await world.signIn('198.51.100.1', 'ben', 'ben-pw-1')).status).toBe(200);
  });

  it('gains nothing by an account of its own that it signs in to in between', async () => {
    const world = await start();
    for (let at = 0; at < 20; at += 1) {
      await fail(world, 1, HERE, `name-${at}`);
      if (at < 19) expect((await world.signIn(HERE, 'ben', 'ben-pw-1')).status).toBe(200);
    }
    expect(await waitSeconds(world, HERE, 'ana')).toBe(15 * 60);
  });
});

describe('the home network', () => {
  it.each(['127.0.0.1', '192.168.1.5', '10.0.0.9', 'fd00::5'])('is not throttled: %s', async (from) => {
    const world = await start();
    await fail(world, 30, from);
    expect((await world.signIn(from, 'ana', 'ana-pw-1')).status).toBe(200);
  });

  it('is throttled when the administrator says so', async () => {
    const world = await start({ lan: true });
    await fail(world, 5, '192.168.1.5');
    expect(await waitSeconds(world, '192.168.1.5')).toBe(15 * 60);
  });
});

it('counts no try that Jellyfin did not judge', async () => {
  const world = await start();
  await world.jellyfin.setPhase('refused');
  for (let at = 0; at < 10; at += 1) expect((await world.signIn(HERE, 'ana', 'wrong')).status).toBe(502);
  await world.jellyfin.setPhase('ready');
  expect((await world.signIn(HERE, 'ana', 'ana-pw-1')).status).toBe(200);
});

it('lets people in when the store fails, and says so in the log', async () => {
  const broken = { take: refuse, read: refuse, clear: refuse };
  const world = await start({ limits: broken });
  expect((await world.signIn(HERE, 'ana', 'ana-pw-1')).status).toBe(200);
  expect(world.lines.events()).toContain('login-throttle-failed');
});

async function refuse(): Promise<never> {
  throw new Error('the disk is full');
}
