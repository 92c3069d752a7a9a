import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInjector } from '../../injector/create-injector.ts';
import { whenOption } from '../../injector/kit/conditions.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { listen, shut } from '../support/network/listen.ts';

const HOME = { 'X-Forwarded-For': '192.168.1.20' };
const OUTSIDE = { 'X-Forwarded-For': '203.0.113.9' };
const TV = { 'User-Agent': 'Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0)' };
const PHONE = { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' };

let jellyfin: FakeJellyfin;
const injector = createInjector({ mods: MOD_LIST, clientFolder: 'dist/client', log: createKeptLog() });
let base = '';

beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
  await use({});
  base = `http://127.0.0.1:${await listen(injector.server)}`;
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});

/** Puts titles into force, each with when it is on; the last one that is wins. */
async function use(titles: Record<string, object | undefined>): Promise<void> {
  const entries = Object.entries(titles).map(
    ([title, when], index) => [index === 0 ? 'page-title' : `page-title#${index + 1}`, title, when] as const,
  );
  await injector.configure(
    {
      jellyfinUrl: jellyfin.url,
      trustedProxies: ['127.0.0.1'],
      enabledMods: Object.fromEntries(entries.map(([id, title]) => [id, { title }])),
      modConditions: Object.fromEntries(
        entries.flatMap(([id, , when]) => (when === undefined ? [] : [[id, whenOption.parse(when)]])),
      ),
    },
    undefined,
  );
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}${path}`, { headers });
  const text = await response.text();
  return {
    status: response.status,
    text,
    title: /<title>([^<]*)<\/title>/.exec(text)?.[1],
    etag: response.headers.get('etag') ?? '',
    vary: response.headers.get('vary') ?? '',
    cacheControl: response.headers.get('cache-control') ?? '',
    cookie: response.headers.get('set-cookie'),
  };
}

describe('a mod that is there twice', () => {
  it('gives each network its own page, with a tag of its own', async () => {
    await use({ 'At home': { network: 'home' }, Outside: { network: 'outside' } });
    const [home, outside] = [await ask('/web/', HOME), await ask('/web/', OUTSIDE)];
    expect([home.title, outside.title]).toEqual(['At home', 'Outside']);
    expect(home.etag).not.toBe(outside.etag);
    expect((await ask('/web/', { ...HOME, 'If-None-Match': home.etag })).status).toBe(304);
    const moved = await ask('/web/', { ...OUTSIDE, 'If-None-Match': home.etag });
    expect([moved.status, moved.title]).toEqual([200, 'Outside']);
    for (const { cacheControl } of [home, outside]) expect(cacheControl).toBe('private, no-cache');
  });

  it('lets the later one win where both are on, and Jellyfin’s own show where none is', async () => {
    await use({ Films: { client: ['tv', 'ios'] }, Television: { client: 'tv' } });
    expect((await ask('/web/', TV)).title).toBe('Television');
    expect((await ask('/web/', PHONE)).title).toBe('Films');
    expect((await ask('/web/')).title).toBe('Jellyfin');
  });

  it('says which headers were looked at', async () => {
    await use({ Films: { client: 'tv' }, Filme: { language: 'de' } });
    const { title, vary } = await ask('/web/', { 'Accept-Language': 'de-AT' });
    expect(title).toBe('Filme');
    expect(vary.split(', ').sort()).toEqual(['Accept-Encoding', 'Accept-Language', 'User-Agent']);
    expect((await ask('/web/', { 'Accept-Language': 'fr' })).vary).toBe(vary);
  });

  it('is on in its time only', async () => {
    await use({
      Past: { from: '2001-01-01', until: '2001-02-01' },
      Now: { from: '2001-01-01', until: '9000-01-01' },
    });
    expect((await ask('/web/')).title).toBe('Now');
    await use({ Past: { from: '2001-01-01', until: '2001-02-01' } });
    expect((await ask('/web/')).title).toBe('Jellyfin');
  });
});

describe('what the pages of thirty variants name', () => {
  const languages = Array.from(
    { length: 30 },
    (_, index) => `x${String.fromCharCode(97 + (index % 26))}${index < 26 ? 'a' : 'b'}`,
  );
  const askAll = async (paths: readonly string[]) =>
    await Promise.all(paths.map(async (path) => (await ask(path)).status));

  it('is there while they are in force, and with the next configuration', async () => {
    await use(Object.fromEntries(languages.map((language) => [`Films ${language}`, { language }])));
    const scripts = new Set<string>();
    for (const language of languages) {
      const { title, text } = await ask('/web/', { 'Accept-Language': language });
      expect(title).toBe(`Films ${language}`);
      for (const [, path = ''] of text.matchAll(/"\.\.(\/gatehouse\/mods\/[^"]+)"/g)) scripts.add(path);
    }
    expect(scripts.size).toBeGreaterThanOrEqual(languages.length);
    expect(new Set(await askAll([...scripts]))).toEqual(new Set([200]));
    await use({ Films: undefined });
    expect(new Set(await askAll([...scripts]))).toEqual(new Set([200]));
  });
});

describe('a tab', () => {
  const tab = (wish: string) => ({ Referer: `${base}/web/?gatehouse=${wish}` });

  it('with ?gatehouse=off gets the page and config.json as Jellyfin has them, but for the line that keeps the address from us', async () => {
    await use({ Films: undefined });
    const bare = await ask('/web/?gatehouse=off');
    const page = await (await fetch(`${jellyfin.url}/web/index.html`)).text();
    const line = '<meta name="referrer" content="no-referrer">';
    expect(page).toContain(line);
    expect(bare.text).toBe(page.replace(line, '<meta name="referrer" content="same-origin">'));
    const config = await ask('/web/config.json', tab('off'));
    expect(config.text).toBe(await (await fetch(`${jellyfin.url}/web/config.json`)).text());
    expect(config.vary).toContain('Referer');
    expect([bare.cookie, config.cookie]).toEqual([null, null]);
    expect((await ask('/web/')).title).toBe('Films');
    expect((await ask('/web/config.json', { Referer: `${base}/web/` })).text).toContain('gatehouse/plugin');
  });

  it('with ?gatehouse=preview alone gets what is for previews', async () => {
    await use({ Films: undefined, 'New name': { preview: true } });
    expect((await ask('/web/?gatehouse=preview')).title).toBe('New name');
    expect((await ask('/web/', tab('preview'))).title).toBe('Films');
    expect((await ask('/web/?x=1&gatehouse=previews')).title).toBe('Films');
  });
});

describe('the branding', () => {
  it('is that of Jellyfin for who is signed in: the form in the dashboard would write what mods say into it', async () => {
    await injector.configure(
      {
        jellyfinUrl: jellyfin.url,
        trustedProxies: [],
        enabledMods: { 'login-notice': { text: 'Welcome home' } },
      },
      undefined,
    );
    const client = 'MediaBrowser Client="Jellyfin Web", Device="a", DeviceId="b", Version="10.11.11"';
    const before = await ask('/Branding/Configuration', { Authorization: client });
    const after = await ask('/Branding/Configuration', { Authorization: `${client}, Token="0a1b2c"` });
    expect(before.text).toContain('Welcome home');
    expect(after.text).not.toContain('Welcome home');
  });
});
