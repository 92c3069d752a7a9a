import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInjector } from '../../injector/create-injector.ts';
import { CACHE_HEADER } from '../../injector/http/nginx-cache.ts';
import { whenOption } from '../../injector/kit/conditions.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { askOnce } from '../support/network/kept-page.ts';
import { listen, shut } from '../support/network/listen.ts';

const ASKING = { [CACHE_HEADER]: 'x' };

let jellyfin: FakeJellyfin;
const injector = createInjector({ mods: MOD_LIST, clientFolder: 'dist/client', log: createKeptLog() });
let port = 0;

beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
  await use({});
  port = await listen(injector.server);
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});

/** Puts a title into force, and when it is on. */
async function use(when: object | undefined, mods: Record<string, unknown> = {}): Promise<void> {
  const isAlways = when === undefined || Object.keys(when).length === 0;
  await injector.configure(
    {
      jellyfinUrl: jellyfin.url,
      trustedProxies: ['127.0.0.1'],
      enabledMods: { 'page-title': { title: 'Shown' }, ...mods },
      modConditions: isAlways ? {} : { 'page-title': whenOption.parse(when) },
    },
    undefined,
  );
}

/** Whether an answer may be kept, as nginx reads it. */
async function isMarked(path: string, headers: Record<string, string> = ASKING, method = 'GET') {
  const answer = await askOnce(port, path, headers, method);
  const marks = [answer.headers['x-accel-expires'], answer.headers['x-accel-buffering']];
  expect([
    [undefined, undefined],
    ['1', 'yes'],
  ]).toContainEqual(marks);
  return marks[0] !== undefined;
}

it('says that the page may be kept to an nginx that asks, and to nobody else', async () => {
  await use({});
  for (const path of ['/web/', '/web/index.html']) {
    expect(await isMarked(path)).toBe(true);
    expect(await isMarked(path, {})).toBe(false);
  }
});

it.each([
  ['a query', '/web/?x', ASKING],
  ['a tab without mods', '/web/index.html?gatehouse=off', ASKING],
  ['another origin', '/web/', { ...ASKING, Origin: 'https://other.example' }],
  ['somebody signed in', '/web/', { ...ASKING, Authorization: 'MediaBrowser Token="x"' }],
  ['a part', '/web/', { ...ASKING, Range: 'bytes=0-1' }],
  ['what is there already', '/web/', { ...ASKING, 'If-None-Match': '*' }],
  ['what is not there', '/web/', { ...ASKING, 'If-Match': '"x"' }],
  ['the settings of the client', '/web/config.json', ASKING],
  ['a script', '/web/main.jellyfin.bundle.js', ASKING],
  ['an API call', '/System/Info/Public', ASKING],
  ['a page that is not there', '/web/nothing.html', ASKING],
] as const)('says so of nothing else: %s', async (_what, path, headers) => {
  await use({}, { 'login-notice': { text: 'Hi' } });
  expect(await isMarked(path, headers)).toBe(false);
});

it('says so to no HEAD and no POST', async () => {
  await use({});
  for (const method of ['HEAD', 'POST']) expect(await isMarked('/web/', ASKING, method)).toBe(false);
});

it.each([
  ['network', { network: 'home' }, false],
  ['network, and the time', { network: 'outside', from: '2020-01-01' }, false],
  ['client', { client: 'tv' }, false],
  ['language', { language: 'de' }, false],
  ['time', { until: '2020-01-01' }, true],
  ['day of the week', { weekday: 'mon' }, true],
  ['preview', { preview: true }, true],
  ['person', { person: 'signed-out' }, true],
] as const)('with a mod that goes by %s, says so where all get the same', async (_what, when, expected) => {
  await use(when);
  expect(await isMarked('/web/')).toBe(expected);
});

it('says so of no page that Jellyfin does not have, or that stands in for it while it starts', async () => {
  await use({});
  await jellyfin.setPhase('setup');
  expect(await isMarked('/web/', { ...ASKING, 'Cache-Control': 'no-cache', Accept: 'text/html' })).toBe(
    false,
  );
  await jellyfin.setPhase('ready');
});
