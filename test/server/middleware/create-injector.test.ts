import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInjector } from '../../../server/middleware/create-injector.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw } from '../../support/network/raw-http.ts';
import { pageWith, startOwnProxy } from '../../support/program/own-proxy.ts';

const MODS = { 'page-title': { title: 'Film Night' }, 'custom-css': { css: 'body { color: red }' } };

async function startJellyfin(): Promise<FakeJellyfin> {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
  onTestFinished(() => jellyfin.close());
  return jellyfin;
}

/** A request as bytes, with headers of which each must arrive as it stands. */
const rawRequest = (line: string, body = ''): string =>
  `${line} HTTP/1.1\r\nHost: Films.example:8097\r\nX-Forwarded-For: 203.0.113.9\r\nForwarded: for=x\r\nX-ODD: a\r\nx-odd: b\r\nAccept-Encoding: br\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** What is answered, guarded or held back by Gatehouse, in odd spellings too, and what is nobody's. */
const NOT_OURS = [
  ...[
    'POST /Users/ForgotPassword',
    'POST /users/%46orgotPassword/',
    'POST /Users/AuthenticateByName',
    'POST /web/index.html',
  ],
  ...[
    'GET /System/Restart',
    'POST /emby/System/Restart',
    'GET /sYstem/%52estart/',
    'GET /Startup/User',
    'GET /web/../Startup/User',
  ],
  ...[
    'GET /web/index.html/..%2f..',
    'GET /web/index%2ehtml%00',
    'GET /web%2findex.html',
    'GET //web/index.html',
  ],
  ...[
    'GET /Videos/1/stream?static=true',
    'GET /web/main.bundle.js',
    'GET /gatehouse/health',
    'GET /gatehouse/mods/none.js',
    'GET /gatehouse',
  ],
  ...['OPTIONS *', 'GET /socket?api_key=x', 'DELETE /web/config.json', 'GET /%', 'GET /web/index.html%'],
];

describe('the injector as middleware', () => {
  it('answers the page with its mods, and their files', async () => {
    const jellyfin = await startJellyfin();
    const { url, passed } = await startOwnProxy({ jellyfinUrl: jellyfin.url, mods: MODS });
    const page = await pageWith(url, '<title>Film Night</title>');
    const href = /href="([^"]*gatehouse\/mods\/[^"]+\.css)"/.exec(page)?.[1] ?? '';
    const style = await fetch(new URL(href, `${url}/web/index.html`));
    expect(await style.text()).toContain('color');
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect(passed.filter(({ url: path }) => path.includes('gatehouse'))).toEqual([]);
    const again = await fetch(`${url}/web/index.html`, {
      headers: { 'If-None-Match': (await fetch(`${url}/web/index.html`)).headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('hands on all else with its line and its headers as they came, however a guarded path is spelled', async () => {
    const jellyfin = await startJellyfin();
    const { port, passed } = await startOwnProxy({ jellyfinUrl: jellyfin.url, mods: MODS });
    for (const line of NOT_OURS) {
      expect(await sendRaw(port, rawRequest(line, 'body'), 10_000), line).toMatch(/own$/);
      const [method, url] = line.split(' ');
      expect(passed.at(-1)).toMatchObject({ method, url });
      expect(passed.at(-1)?.rawHeaders.join('|')).toBe(
        'Host|Films.example:8097|X-Forwarded-For|203.0.113.9|Forwarded|for=x|X-ODD|a|x-odd|b|Accept-Encoding|br|Connection|close|Content-Length|4',
      );
      expect(passed.at(-1)?.headers).toEqual({
        ...{
          host: 'Films.example:8097',
          'x-forwarded-for': '203.0.113.9',
          forwarded: 'for=x',
          'x-odd': 'a, b',
        },
        ...{ 'accept-encoding': 'br', connection: 'close', 'content-length': '4' },
      });
    }
    expect(passed).toHaveLength(NOT_OURS.length);
  });

  it('hands on what it would change, as it came, while Jellyfin is away, without an error', async () => {
    const { url, port, passed, log } = await startOwnProxy({ jellyfinUrl: 'http://127.0.0.1:9', mods: MODS });
    expect(await (await fetch(`${url}/web/index.html?x=1`)).text()).toBe('own');
    expect(await sendRaw(port, rawRequest('GET /web/config.json'))).toMatch(/own$/);
    expect(passed.map(({ url: path }) => path)).toEqual(['/web/index.html?x=1', '/web/config.json']);
    expect(passed[1]?.headers['x-forwarded-for']).toBe('203.0.113.9');
    expect(log.lines.filter(({ event }) => event === 'request-failed')).toEqual([]);
  });

  it('hands on a page that cannot be read, and the film goes on', async () => {
    const jellyfin = createServer((request, response) => {
      if (request.url?.startsWith('/System/Info/Public')) response.end('{"Version":"10.11.11"}');
      else
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }).end('not gzip');
    });
    const port = await listen(jellyfin);
    onTestFinished(() => shut(jellyfin));
    const { url } = await startOwnProxy({ jellyfinUrl: `http://127.0.0.1:${port}`, mods: MODS });
    for (let n = 0; n < 3; n += 1) expect(await (await fetch(`${url}/web/index.html`)).text()).toBe('own');
    expect(await (await fetch(`${url}/Videos/1/stream`)).text()).toBe('own');
  });

  it('works where express has mounted it, with and without a base URL of Jellyfin’s', async () => {
    const plain = await startJellyfin();
    const below = await createFakeJellyfin({ version: '10.11.11', hashMs: 1, baseUrl: '/jellyfin' });
    onTestFinished(() => below.close());
    const first = await startOwnProxy({ jellyfinUrl: plain.url, mods: MODS }, '/films');
    await pageWith(first.url, 'Film Night', '/films/web/index.html');
    await fetch(`${first.url}/films/Users?x=1`);
    expect(first.passed.at(-1)?.url).toBe('/Users?x=1');
    const second = await startOwnProxy({ jellyfinUrl: below.url, mods: MODS }, '/jellyfin');
    await pageWith(second.url, 'Film Night', '/jellyfin/web/index.html');
    const third = await startOwnProxy({ jellyfinUrl: below.url, mods: MODS });
    await pageWith(third.url, 'Film Night', '/jellyfin/web/index.html');
  });

  it('changes when it is told other options, and stays as it is when those have a problem', async () => {
    const jellyfin = await startJellyfin();
    const { url, injector } = await startOwnProxy({ jellyfinUrl: jellyfin.url, mods: MODS });
    await pageWith(url, 'Film Night');
    await expect(
      injector.reload({ jellyfinUrl: jellyfin.url, mods: { 'page-title': { titel: 'x' } } }),
    ).rejects.toThrow('createInjector mods.page-title.titel: is not a field; did you mean title?');
    await pageWith(url, 'Film Night');
    await injector.reload({ jellyfinUrl: jellyfin.url, mods: { 'page-title': { title: 'Other Night' } } });
    await pageWith(url, 'Other Night');
  });

  it('replaces text of the client’s scripts with a cacheFolder, and says that it needs one', async () => {
    const jellyfin = await startJellyfin();
    const changes = [{ find: 'sign in', replace: 'come in', count: 1 }];
    const options = { jellyfinUrl: jellyfin.url, mods: { rewrite: { changes } } };
    await expect(createInjector(options)).rejects.toThrow(
      /without a cacheFolder; name one, or switch this mod off/,
    );
    const page = await (await fetch(`${jellyfin.url}/web/index.html`)).text();
    const script = /src="([^"]+\.js[^"]*)"/.exec(page)?.[1] ?? '';
    const { url } = await startOwnProxy({
      jellyfinUrl: jellyfin.url,
      cacheFolder: await tempFolder(),
      mods: { 'page-title': { title: 'x' } },
    });
    await pageWith(url, '<title>x</title>');
    const kept = await fetch(`${url}/web/${script}`);
    expect(await kept.text()).toBe(await (await fetch(`${jellyfin.url}/web/${script}`)).text());
  });

  it('names every problem of its options at once, by the names they have here', async () => {
    const options = {
      jellyfinUrl: 'ftp://x',
      trustedProxies: ['nonsense'],
      mods: { 'page-title': { title: 1 } },
    };
    const error = (await createInjector(options).catch((refused: unknown) => refused)) as Error;
    expect(error.message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'createInjector trustedProxies[0]',
      'createInjector jellyfinUrl',
      'createInjector mods.page-title.title',
    ]);
    await expect(createInjector({ jellyfinUrl: 'http://x', modes: {} } as never)).rejects.toThrow(
      'createInjector modes: is not an option; did you mean mods?',
    );
  });

  it('hands everything on once it is closed, and is not opened again', async () => {
    const jellyfin = await startJellyfin();
    const { url, injector } = await startOwnProxy({ jellyfinUrl: jellyfin.url, mods: MODS });
    await pageWith(url, 'Film Night');
    await injector.close();
    await injector.close();
    expect(await (await fetch(`${url}/web/index.html`)).text()).toBe('own');
    await expect(injector.reload({ jellyfinUrl: jellyfin.url })).rejects.toThrow(/createInjector/);
  });
});
