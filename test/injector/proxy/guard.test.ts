import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import type { ClientSight, GuardSettings } from '../../../injector/proxy/guard.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { listen, shut } from '../../support/listen.ts';
import { createKeptLog } from '../../support/quiet-log.ts';
import { sendRaw, statusOf } from '../../support/raw-http.ts';
import { administratorToken } from '../../support/subject.ts';
import { until } from '../../support/until.ts';

const OUTSIDE = '203.0.113.7';
const HOME = '192.168.1.20';
const KEY = '0123456789abcdef0123456789abcdef';

interface Front {
  readonly jellyfin: FakeJellyfin;
  readonly log: ReturnType<typeof createKeptLog>;
  /** Status of a request of that client. */
  ask(request: string, client: string | undefined, headers?: string): Promise<number>;
  raw(request: string, client: string | undefined, headers?: string): Promise<string>;
  /** How many requests for that path reached Jellyfin. */
  reached(path: string): number;
  setUp(sight: ClientSight, options?: { guard?: GuardSettings; trustedProxies?: string[] }): Promise<void>;
  close(): Promise<void>;
}

/** Gatehouse in front of a Jellyfin that knows no proxies, so that everybody is on its home network. */
async function open(options: { wizardCompleted?: boolean; knownProxies?: string[] } = {}): Promise<Front> {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [KEY], ...options });
  const log = createKeptLog();
  const injector = createInjector({ mods: [], clientFolder: 'dist/client', log });
  const port = await listen(injector.server);
  const setUp: Front['setUp'] = async (sight, { guard, trustedProxies = ['127.0.0.1'] } = {}) => {
    const settings = { jellyfinUrl: jellyfin.url, trustedProxies, enabledMods: {} };
    await injector.configure(guard === undefined ? settings : { ...settings, guard }, undefined);
    injector.setClientSight(sight);
  };
  await setUp('unknown');
  await vi.waitFor(() => expect(log.lines.map(({ event }) => event)).toContain('jellyfin-version'));
  const raw: Front['raw'] = (request, client, headers = '') =>
    sendRaw(
      port,
      `${request} HTTP/1.1\r\nHost: a\r\n${client === undefined ? '' : `X-Forwarded-For: ${client}\r\n`}${headers}Connection: close\r\n\r\n`,
    );
  return {
    ...{ jellyfin, log, setUp, raw },
    ask: async (...asked) => statusOf(await raw(...asked)),
    reached: (path) => jellyfin.journal.filter((entry) => entry.path.startsWith(path)).length,
    async close() {
      await injector.close();
      await shut(injector.server);
      await jellyfin.close();
    },
  };
}

/** Waits until the restart that `ask` brings about has begun and is over. */
async function restart(fake: FakeJellyfin, ask: () => Promise<number>): Promise<void> {
  const before = fake.restarts();
  expect(await ask()).toBe(204);
  await until(() => fake.restarts() > before);
}

describe('while Jellyfin is not known to see each client', () => {
  let front: Front;
  beforeAll(async () => {
    front = await open();
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
      for (const sight of ['unknown', 'only-us'] as const) {
        await front.setUp(sight);
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
    const before = front.jellyfin.journal.length;
    expect(await front.ask(`GET ${path}`, OUTSIDE, headers)).toBe(403);
    expect(await front.ask(`GET /Startup/User?ApiKey=${KEY}`, HOME, headers)).toBe(404);
    expect(front.jellyfin.journal.length).toBe(before);
    expect(await front.ask(`GET /socket?ApiKey=${KEY}`, OUTSIDE, headers)).toBe(101);
    expect(await front.ask(`GET ${path}`, HOME, headers)).toBe(101);
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

describe('a proxy in front that is not in trustedProxies', () => {
  let front: Front;
  beforeAll(async () => {
    front = await open({ knownProxies: ['127.0.0.1'] });
  });
  afterAll(() => front.close());

  it('makes nobody a person of the home network, and is named once', async () => {
    await front.setUp('each-client', { trustedProxies: [] });
    for (const headers of [
      'X-Forwarded-For: 203.0.113.7\r\n',
      'Forwarded: for=203.0.113.7\r\n',
      'X-Real-IP: x\r\n',
    ]) {
      expect(await front.ask('POST /System/Restart', undefined, `${headers}Content-Length: 0\r\n`)).toBe(403);
    }
    expect(front.log.lines.filter(({ event }) => event === 'trusted-proxies-missing')).toHaveLength(1);
    expect(await front.ask('GET /System/Info/Public', OUTSIDE)).toBe(200);
    expect(await front.ask('POST /Users/ForgotPassword', undefined, 'Content-Length: 0\r\n')).toBe(415);
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
    const front = await open();
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
    const front = await open({ wizardCompleted: false });
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
      const front = await open();
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
