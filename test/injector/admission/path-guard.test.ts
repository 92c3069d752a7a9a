import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { until } from '../../support/clock/until.ts';
import { administratorToken } from '../../support/jellyfin/subject.ts';
import {
  GUARDED_FRONT_KEY,
  type GuardedFront,
  openGuardedFront,
} from '../../support/network/guarded-front.ts';
import { statusOf } from '../../support/network/raw-http.ts';

const OUTSIDE = '203.0.113.7';
const HOME = '192.168.1.20';
const KEY = GUARDED_FRONT_KEY;

/** Waits until the restart that `ask` brings about has begun and is over. */
async function restart(fake: FakeJellyfin, ask: () => Promise<number>): Promise<void> {
  const before = fake.restarts();
  expect(await ask()).toBe(204);
  await until(() => fake.restarts() > before);
}

describe('while Jellyfin is not known to see each client', () => {
  let front: GuardedFront;
  beforeAll(async () => {
    front = await openGuardedFront();
  });
  afterAll(() => front.close());

  it('would restart for anybody, were the guard not there', async () => {
    await front.setUp('unknown', { guard: { lanRoutes: false, wizard: false, homeOnly: false } });
    await restart(front.jellyfin, () => front.ask('POST /System/Restart', OUTSIDE, 'Content-Length: 0\r\n'));
    await front.setUp('unknown');
  });

  const LAN_ROUTES = ['/System/Restart', '/Users/ForgotPassword', '/users/FORGOTPASSWORD/pin/', '/Dlna/x/y'];

  it.each(LAN_ROUTES)(
    '%s is refused to guests from outside, with an empty 403, and not forwarded',
    async (path) => {
      for (const status of ['unknown', 'only-us'] as const) {
        await front.setUp(status);
        const before = front.jellyfin.journal.length;
        const answer = await front.raw(`POST ${path}`, OUTSIDE, 'Content-Length: 0\r\n');
        expect(statusOf(answer)).toBe(403);
        expect(answer).toMatch(/\r\nContent-Length: 0\r\n/i);
        expect(answer.split('\r\n\r\n')[1]).toBe('');
        expect(front.jellyfin.journal.length).toBe(before);
      }
    },
  );

  it('passes them for the home network, and for everybody once each client is seen', async () => {
    await front.setUp('unknown');
    expect(await front.ask('POST /Users/ForgotPassword', HOME, 'Content-Length: 0\r\n')).toBe(415);
    expect(await front.ask('POST /Users/ForgotPassword', '127.0.0.1', 'Content-Length: 0\r\n')).toBe(415);
    await front.setUp('each-client');
    expect(await front.ask('POST /Users/ForgotPassword', OUTSIDE, 'Content-Length: 0\r\n')).toBe(415);
  });

  it.each(['GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'])('refuses %s there too', async (method) => {
    await front.setUp('unknown');
    expect(await front.ask(`${method} /System/Restart`, OUTSIDE)).toBe(403);
  });

  it('refuses a WebSocket there, which Jellyfin takes on any path', async () => {
    await front.setUp('unknown');
    const headers =
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const path = `/Users/ForgotPassword?ApiKey=${KEY}`;
    // What Gatehouse asks of its own accord may come in between.
    const upgrades = () =>
      front.jellyfin.journal.filter((entry) => entry.headers['upgrade'] !== undefined).length;
    const before = upgrades();
    expect(await front.ask(`GET ${path}`, OUTSIDE, headers)).toBe(403);
    expect(await front.ask(`GET /Startup/User?ApiKey=${KEY}`, HOME, headers)).toBe(404);
    expect(upgrades()).toBe(before);
    expect(await front.ask(`GET /socket?ApiKey=${KEY}`, OUTSIDE, headers)).toBe(101);
    expect(await front.ask(`GET ${path}`, HOME, headers)).toBe(101);
    expect(upgrades()).toBe(before + 2);
  });

  it('lets an administrator restart from anywhere, with any of his tokens, and nobody else', async () => {
    await front.setUp('unknown');
    const post = (query: string, header = ''): Promise<number> =>
      front.ask(`POST /System/Restart${query}`, OUTSIDE, `${header}Content-Length: 0\r\n`);
    const user = await administratorToken(front.jellyfin.url, 'alice', 'alice-pw-1');
    expect(await post('', `Authorization: MediaBrowser Token="${user}"\r\n`)).toBe(403);
    expect(await post('?ApiKey=wrong')).toBe(403);
    expect(await post('?x=1')).toBe(403);
    const admin = await administratorToken(front.jellyfin.url, 'admin', 'admin-pw-1');
    await restart(front.jellyfin, () => post('', `Authorization: MediaBrowser Token="${admin}"\r\n`));
    await restart(front.jellyfin, () => post(`?apikey=${KEY}`));
  });

  it('says in the log what was refused, without a query', async () => {
    await front.setUp('unknown');
    await front.ask('POST /System/Restart?ApiKey=canary', OUTSIDE, 'Content-Length: 0\r\n');
    expect(front.log.lines.at(-1)).toMatchObject({
      event: 'guard-refused',
      route: 'restart',
      clientAddress: OUTSIDE,
    });
    expect(JSON.stringify(front.log.lines)).not.toContain('canary');
  });

  it('leaves it open where the configuration says so', async () => {
    await front.setUp('only-us', { guard: { lanRoutes: false, wizard: true, homeOnly: true } });
    expect(await front.ask('POST /Users/ForgotPassword', OUTSIDE, 'Content-Length: 0\r\n')).toBe(415);
  });
});

describe('the wizard', () => {
  const PATHS = [
    '/Startup/User',
    '/startup/FirstUser/',
    '/Startup/Configuration',
    '/Startup/Complete',
    '/Startup/x',
  ];

  it('is gone for everybody once it is done, keys and administrators included', async () => {
    const front = await openGuardedFront();
    await front.setUp('each-client');
    for (const path of PATHS) {
      for (const client of [HOME, '127.0.0.1', OUTSIDE]) {
        const answer = await front.raw(`GET ${path}?ApiKey=${KEY}`, client);
        expect(statusOf(answer), path).toBe(404);
        expect(answer.split('\r\n\r\n')[1]).toBe('');
      }
    }
    expect(front.reached('/Startup')).toBe(0);
    await front.close();
  });

  it('is for the home network only while it is open', async () => {
    const front = await openGuardedFront({ wizardCompleted: false });
    await front.setUp('each-client');
    expect(await front.ask('GET /Startup/Configuration', OUTSIDE)).toBe(403);
    expect(await front.ask('GET /Environment/Drives', OUTSIDE)).toBe(403);
    expect(front.reached('/Startup')).toBe(0);
    expect(await front.ask('GET /Startup/Configuration', HOME)).toBe(200);
    expect(await front.ask('POST /Startup/Complete', HOME, 'Content-Length: 0\r\n')).toBe(204);
    await vi.waitFor(
      async () => expect(await front.ask('GET /Startup/Configuration', HOME)).toBe(404),
      8_000,
    );
    expect(await front.ask('GET /Environment/Drives', OUTSIDE)).not.toBe(403);
    await front.close();
  }, 15_000);
});

describe('what is for the home network only', () => {
  it.each(['/api-docs/openapi.json', '/API-docs/swagger/index.html', '/api-docs/redoc', '/startup/logger'])(
    '%s is refused to guests from outside even when Jellyfin sees them',
    async (path) => {
      const front = await openGuardedFront();
      await front.setUp('each-client');
      expect(await front.ask(`GET ${path}`, OUTSIDE)).toBe(403);
      expect(front.reached(path)).toBe(0);
      await front.ask(`GET ${path}`, HOME);
      expect(front.reached(path)).toBe(1);
      await front.setUp('each-client', { guard: { lanRoutes: true, wizard: true, homeOnly: false } });
      await front.ask(`GET ${path}`, OUTSIDE);
      expect(front.reached(path)).toBe(2);
      await front.close();
    },
  );
});
