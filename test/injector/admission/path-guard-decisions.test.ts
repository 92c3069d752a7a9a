import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import {
  createPathGuard,
  FULL_GUARD,
  type GuardSettings,
  type KnownProxiesStatus,
} from '../../../injector/admission/path-guard.ts';
import type { GuardedRoute } from '../../../injector/jellyfin/guarded-routes.ts';
import { createRunningVersion } from '../../../injector/jellyfin/running-version.ts';
import type { Upstream } from '../../../injector/upstream/upstream.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';

const PROXY = '10.0.0.1';
const HOME = '192.168.1.20';
const OUTSIDE = '203.0.113.7';

function requestOf(peer: string, rawHeaders: string[] = [], rest: object = {}): IncomingMessage {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers[`${rawHeaders[at]}`.toLowerCase()] = `${rawHeaders[at + 1]}`;
  return {
    rawHeaders,
    headers,
    socket: { remoteAddress: peer },
    url: '/',
    ...rest,
  } as unknown as IncomingMessage;
}

interface Asked {
  readonly path: string;
  readonly headers: Record<string, unknown>;
}

function startGuard(
  parts: {
    settings?: Partial<GuardSettings>;
    status?: KnownProxiesStatus;
    isWizardDone?: boolean;
    version?: string;
    answer?: number | Error;
    basePath?: string;
  } = {},
) {
  const { settings, status = 'unknown', answer = 200, basePath = '', isWizardDone, version } = parts;
  const log = createKeptLog();
  const asked: Asked[] = [];
  const running = createRunningVersion();
  running.note({ isWizardDone, version } as Parameters<typeof running.note>[0]);
  const guard = createPathGuard({
    settings: { ...FULL_GUARD, ...settings },
    upstream: {
      basePath,
      async ask(question: Asked) {
        asked.push(question);
        if (answer instanceof Error) throw answer;
        return { status: answer };
      },
    } as unknown as Upstream,
    version: running,
    addresses: createClientAddresses([PROXY]),
    knownProxies: () => status,
    log,
  });
  return { guard, log, asked };
}

describe('a guarded route', () => {
  const ALL_OFF = { lanRoutes: false, wizard: false, homeOnly: false };

  it.each<[GuardedRoute, string, object, string, number | undefined]>([
    ['lan', 'while nobody knows what Jellyfin sees', {}, OUTSIDE, 403],
    ['lan', 'while Jellyfin sees only us', { knownProxies: 'only-us' }, OUTSIDE, 403],
    ['lan', 'once Jellyfin sees each client', { status: 'each-client' }, OUTSIDE, undefined],
    ['lan', 'without that guard', { settings: { lanRoutes: false } }, OUTSIDE, undefined],
    ['lan', 'from home', {}, HOME, undefined],
    ['wizard', 'before the wizard is done', { isWizardDone: false }, OUTSIDE, 403],
    ['wizard', 'while nobody knows whether it is done', {}, OUTSIDE, 403],
    ['wizard', 'from home before it is done', { isWizardDone: false }, HOME, undefined],
    ['wizard', 'from home once it is done', { isWizardDone: true }, HOME, 404],
    ['wizard', 'from outside once it is done', { isWizardDone: true }, OUTSIDE, 404],
    ['wizard', 'without that guard', { isWizardDone: true, settings: { wizard: false } }, OUTSIDE, undefined],
    ['before-accounts', 'before the wizard is done', { isWizardDone: false }, OUTSIDE, 403],
    ['before-accounts', 'while nobody knows', {}, OUTSIDE, 403],
    ['before-accounts', 'from home', {}, HOME, undefined],
    ['before-accounts', 'once it is done', { isWizardDone: true }, OUTSIDE, undefined],
    ['before-accounts', 'without that guard', { settings: { wizard: false } }, OUTSIDE, undefined],
    ['home', 'from outside', { knownProxies: 'each-client', isWizardDone: true }, OUTSIDE, 403],
    ['home', 'from home', {}, HOME, undefined],
    ['home', 'without that guard', { settings: { homeOnly: false } }, OUTSIDE, undefined],
    ['restart', 'of nobody in particular', {}, OUTSIDE, 403],
    ['restart', 'once Jellyfin sees each client', { status: 'each-client' }, OUTSIDE, undefined],
    ['restart', 'without any guard', { settings: ALL_OFF }, OUTSIDE, undefined],
  ])('%s %s: %j answers %s with %s', async (route, _when, parts, client, status) => {
    const { guard, log, asked } = startGuard(parts);
    expect(await guard.decide(route, requestOf(client), client)).toBe(status);
    const refused = { level: 'info', event: 'guard-refused', clientAddress: client, route, status };
    expect(log.lines).toEqual(status === undefined ? [] : [expect.objectContaining(refused)]);
    expect(asked).toEqual([]);
  });

  it('is refused to whom a proxy hides, also when Jellyfin sees each client or the proxy is at home', async () => {
    const handedOn = ['Via', '1.1 x'];
    const { guard } = startGuard({ status: 'each-client' });
    expect(await guard.decide('lan', requestOf(HOME, handedOn), HOME)).toBe(403);
    expect(await guard.decide('home', requestOf(PROXY, handedOn), PROXY)).toBe(403);
    expect(
      await guard.decide('lan', requestOf(PROXY, ['X-Forwarded-For', OUTSIDE]), OUTSIDE),
    ).toBeUndefined();
  });
});

describe('a restart from outside', () => {
  const decide = (parts: object, headers: string[], url = '/System/Restart') => {
    const { guard, asked, log } = startGuard(parts);
    const made = guard.decide('restart', requestOf(OUTSIDE, headers, { url }), OUTSIDE);
    return { made, asked, log };
  };

  it.each(['Authorization', 'X-Emby-Authorization', 'X-Emby-Token', 'X-MediaBrowser-Token'])(
    'is let through for whom Jellyfin takes for an administrator by %s, and asked with nothing else of the request',
    async (name) => {
      const { made, asked, log } = decide({ basePath: '/jf' }, [
        ...[name, 'secret', 'Cookie', 'x', 'X-Forwarded-For', OUTSIDE],
      ]);
      expect(await made).toBeUndefined();
      expect(asked).toEqual([
        {
          path: '/jf/System/Logs',
          headers: {
            ...{ [name.toLowerCase()]: 'secret', accept: 'application/json', 'accept-encoding': 'identity' },
            'x-forwarded-for': OUTSIDE,
          },
        },
      ]);
      expect(log.lines.filter(({ event }) => event === 'guard-refused')).toEqual([]);
    },
  );

  it.each([
    ['?api_key=k%26x', '/System/Logs?api_key=k%26x'],
    ['?x=1&ApiKey=k&y', '/System/Logs?ApiKey=k'],
    ['?API_KEY=a&apikey=b', '/System/Logs?API_KEY=a&apikey=b'],
  ])('is let through by a key in %s', async (query, path) => {
    const { made, asked } = decide({}, [], `/System/Restart${query}`);
    expect(await made).toBeUndefined();
    expect(asked).toMatchObject([{ path }]);
  });

  it.each([
    ['says no', 403],
    ['says it is too busy', 503],
    ['says something else', 204],
    ['cannot be reached', new Error('away')],
  ])('is refused when Jellyfin %s', async (_what, answer) => {
    const { made, asked, log } = decide({ answer }, ['X-Emby-Token', 'x']);
    expect(await made).toBe(403);
    expect(asked).toHaveLength(1);
    expect(log.lines.map(({ event }) => event)).toEqual(['guard-refused']);
  });

  it('is refused without asking when there is no token', async () => {
    for (const url of ['/System/Restart', '/System/Restart?x=1', '/System/Restart?key=apikey']) {
      const { made, asked } = decide({}, ['Cookie', 'x'], url);
      expect(await made).toBe(403);
      expect(asked).toEqual([]);
    }
  });
});

it('no other route is let through for an administrator, and nobody is asked', async () => {
  for (const route of ['lan', 'home', 'wizard', 'before-accounts'] as const) {
    const { guard, asked } = startGuard();
    expect(await guard.decide(route, requestOf(OUTSIDE, ['X-Emby-Token', 'x']), OUTSIDE)).toBe(403);
    expect(asked).toEqual([]);
  }
});

describe('a path', () => {
  it.each([undefined, '/', '/web/', '/users', '/jf/users'])('of the many is not guarded: %s', (path) => {
    expect(startGuard().guard.find(path)).toBeUndefined();
    expect(startGuard({ version: '10.11.11' }).guard.find(path)).toBeUndefined();
  });

  it('is found below any folder until something there has answered like Jellyfin', () => {
    const unknown = startGuard().guard;
    const known = startGuard({ version: '10.11.11' }).guard;
    expect(known.find('/users/forgotpassword')).toBe('lan');
    expect(known.find('/jf/users/forgotpassword')).toBeUndefined();
    for (const path of ['/users/forgotpassword', '/jf/users/forgotpassword', '/a/b/c/users/forgotpassword']) {
      expect(unknown.find(path)).toBe('lan');
    }
  });
});

describe('a proxy that hides its clients', () => {
  it('is told of once for each reason, with what to do', () => {
    const { guard, log } = startGuard();
    const unnamed = requestOf(OUTSIDE, ['Via', '1.1 x']);
    const silent = requestOf(PROXY, ['Via', '1.1 x']);
    for (const request of [unnamed, silent, unnamed, silent]) {
      expect(guard.warnIfHidden(request)).toBe(request === unnamed ? 'unnamed' : 'silent');
    }
    expect(guard.warnIfHidden(requestOf(OUTSIDE))).toBeUndefined();
    expect(log.lines).toMatchObject([
      {
        ...{ level: 'warn', event: 'trusted-proxies-missing', peer: OUTSIDE },
        fix: `${OUTSIDE} speaks for others. If it is your reverse proxy, write it into listen.trustedProxies; until then Gatehouse cannot tell its clients apart, and takes them for guests from outside.`,
      },
      {
        ...{ level: 'warn', event: 'forwarded-for-missing', peer: PROXY },
        fix: expect.stringContaining(
          `${PROXY} hands requests on without the client's address. Let it send X-Forwarded-For`,
        ),
      },
    ]);
  });
});
