import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createInjector } from '../../injector/create-injector.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { listen, shut } from '../support/network/listen.ts';
import { sendRaw, statusOf } from '../support/network/raw-http.ts';
import { spell } from '../support/network/spellings.ts';

/** What Gatehouse does about a route, and how one sees from Jellyfin's own answer that a spelling reached it. */
interface Sensitive {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly isReached: (answer: string) => boolean;
  /** True when the answer through Gatehouse is ours. Of an answered or guarded route nothing may reach Jellyfin. */
  readonly isOurs: (answer: string, hasReachedJellyfin: boolean) => boolean;
}

const MARK = 'marked-by-a-mod';
const MODS_ON = {
  'page-title': { title: MARK },
  'menu-links': { links: [{ name: MARK, url: 'https://example.org' }] },
  'login-notice': { text: MARK },
};

const answered = (path: string, body: string, isReached: Sensitive['isReached']): Sensitive => ({
  ...{ method: 'POST', path, body, isReached },
  isOurs: (_answer, hasReachedJellyfin) => !hasReachedJellyfin,
});
const rewritten = (path: string): Sensitive => ({
  ...{ method: 'GET', path },
  isReached: (answer) => statusOf(answer) === 200,
  isOurs: (answer) => answer.includes(MARK),
});
const guarded = (method: 'GET' | 'POST', path: string, ours: number): Sensitive => ({
  ...{ method, path, ...(method === 'POST' ? { body: '{}' } : {}) },
  // An anonymous guest from outside; a path that is no route is 404.
  isReached: (answer) => statusOf(answer) === 401,
  isOurs: (answer, hasReachedJellyfin) => !hasReachedJellyfin && statusOf(answer) === ours,
});

/** A path that is no route gets 404 without a word, one that only begins like /emby 400. */
const isWrongPin = (answer: string): boolean =>
  statusOf(answer) === 404 && /Error processing request/.test(answer);

const ROUTES: readonly Sensitive[] = [
  answered('/Users/ForgotPassword', '{"EnteredUsername":"nobody"}', (answer) => /"Action"/.test(answer)),
  answered('/Users/ForgotPassword/Pin', '{"Pin":"x"}', isWrongPin),
  rewritten('/web/index.html'),
  rewritten('/web/'),
  rewritten('/web/config.json'),
  rewritten('/Branding/Configuration'),
  guarded('POST', '/System/Restart', 403),
  guarded('GET', '/Startup/User', 404),
  guarded('POST', '/Startup/User', 404),
  guarded('POST', '/Startup/Complete', 404),
];

const SPELLINGS = 600;

describe.each([
  ['10.11.11', '', 41],
  ['10.11.11', '/jellyfin', 42],
  ['12.0', '', 43],
  ['12.0', '/jellyfin', 44],
] as [JellyfinVersion, string, number][])('on %s with the base URL "%s"', (version, baseUrl, seed) => {
  const log = createKeptLog();
  const injector = createInjector({ mods: MOD_LIST, clientFolder: 'dist/client', log });
  let jellyfin: FakeJellyfin;
  let port: number;

  beforeAll(async () => {
    jellyfin = await createFakeJellyfin({ version, baseUrl, knownProxies: ['127.0.0.1'] });
    port = await listen(injector.server);
    const settings = { jellyfinUrl: jellyfin.url, trustedProxies: ['127.0.0.1'], enabledMods: MODS_ON };
    await injector.configure(settings, {
      requestReset: async () => undefined,
      answer: (_request, response) => void response.writeHead(418).end(),
    });
    await vi.waitFor(() => expect(log.lines.map(({ event }) => event)).toContain('jellyfin-version'));
  });
  afterAll(async () => {
    await injector.close();
    await shut(injector.server);
    await jellyfin.close();
  });

  function ask(to: number, target: string, { method, body }: Sensitive): Promise<string> {
    const payload =
      body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
    return sendRaw(
      to,
      `${method} ${target} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\nAccept-Encoding: identity\r\n${payload}Connection: close\r\n\r\n${body ?? ''}`,
      // The first ones wait for the process that runs mods to start.
      30_000,
    );
  }

  /** What is wrong about how Gatehouse takes a spelling; undefined when nothing is. */
  async function judge(route: Sensitive, spelling: string, index: number): Promise<string | undefined> {
    const mark = `s=${index}-`;
    const direct = await ask(jellyfin.port, `${spelling}?${mark}direct`, route);
    const through = await ask(port, `${spelling}?${mark}through`, route);
    const hasReachedJellyfin = jellyfin.journal.some(({ path }) => path.includes(`${mark}through`));
    const told = `${route.method} ${spelling}: ${statusOf(direct)} from Jellyfin, ${statusOf(through)} through Gatehouse`;
    tally.all++;
    if (/\r\n\r\nRefused: /.test(through)) {
      tally.refused++;
      return hasReachedJellyfin ? `${told}, refused and forwarded` : undefined;
    }
    if (route.isReached(direct)) {
      tally.reached++;
      if (spelling.toLowerCase() !== `${baseUrl}${route.path}`.toLowerCase()) tally.reachedOddly++;
      return route.isOurs(through, hasReachedJellyfin) ? undefined : `${told}, not recognised`;
    }
    const isSame = statusOf(direct) === statusOf(through) && !through.includes(MARK);
    return isSame ? undefined : `${told}, taken for what it is not`;
  }

  const tally = { all: 0, reached: 0, reachedOddly: 0, refused: 0 };

  it(`takes ${SPELLINGS} spellings of ten routes for what Jellyfin takes them for`, async () => {
    const spellings = spell(
      ROUTES.map(({ path }) => path),
      baseUrl,
      SPELLINGS,
      seed,
    );
    const wrong: string[] = [];
    const waiting = [...spellings.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, spelling] = next;
        const route = ROUTES[index % ROUTES.length];
        const problem = route && (await judge(route, spelling, index));
        if (problem !== undefined) wrong.push(problem);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(wrong).toEqual([]);
    // The generator must hit both sides, or nothing was shown.
    expect(tally.all).toBe(SPELLINGS);
    expect(tally.reached).toBeGreaterThan(SPELLINGS / 4);
    expect(tally.reachedOddly).toBeGreaterThan(SPELLINGS / 10);
    expect(tally.refused).toBeLessThan(SPELLINGS / 3);
    expect(new Set(spellings).size).toBeGreaterThan(SPELLINGS * 0.7);
  });

  it.each(['post', 'Post', 'get', 'options'])(
    'refuses the method %s, which Jellyfin would take',
    async (method) => {
      const before = jellyfin.journal.length;
      for (const { path, body = '' } of ROUTES) {
        const answer = await sendRaw(
          port,
          `${method} ${baseUrl}${path}?lower-case HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        );
        expect(statusOf(answer), path).toBeGreaterThanOrEqual(400);
      }
      expect(jellyfin.journal.slice(before).filter(({ path }) => path.includes('lower-case'))).toEqual([]);
    },
  );
});
