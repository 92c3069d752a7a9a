import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../injector/http/representation.ts';
import type { UpstreamFile, UpstreamFiles } from '../../../injector/rewrite/upstream-files.ts';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const BUILD = 'a'.repeat(20);
const ENTRY = '/web/main.jellyfin.bundle.js';
const SHEET = `/web/main.${'b'.repeat(20)}.css`;
const PAGE =
  `<html><head><script defer="defer" src="main.jellyfin.bundle.js?${BUILD}"></script>` +
  `<script src="serviceworker.js?${BUILD}"></script><link href="main.${'b'.repeat(20)}.css" rel="stylesheet">` +
  '<link rel="icon" href="favicon.png"><link rel="manifest" href="manifest.json"></head>' +
  '<body><a href="../Users/x.js">a</a><img src="https://evil.example/x.js"></body></html>';

const JELLYFINS: UpstreamFile = {
  ...{ bytes: Buffer.from(PAGE), key: 'page', contentType: 'text/html', headers: [] },
  rawHeaders: ['ETag', '"page"'],
};

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set('/web/index.html', { body: PAGE, etag: '"page"' });
  web.files.set(ENTRY, { body: 'entry 1' });
  web.files.set(SHEET, { body: 'a{}' });
  web.files.set('/web/serviceworker.js', { body: 'worker' });
});
afterEach(() => web.close());

const UPSTREAM_FILES: UpstreamFiles = {
  peek: () => JELLYFINS,
  get: async () => JELLYFINS,
  getPersonal: async () => undefined,
  distrust: () => undefined,
};
const watched = new WeakMap<object, UpstreamFiles>();

/** The page as the rewriting gets it; Jellyfin says of it what it always says. */
async function askPage(): Promise<UpstreamFile | undefined> {
  const files = watched.get(web.cache) ?? web.cache.watchPage(UPSTREAM_FILES);
  watched.set(web.cache, files);
  return await files.get('/web/', {});
}

const text = (page: UpstreamFile | undefined): string => page?.bytes.toString() ?? '';
const entryOf = (page: UpstreamFile | undefined): string =>
  /src="(main\.jellyfin[^"]+)"/.exec(text(page))?.[1] ?? '';
const named = (body: string): string => `main.jellyfin.bundle.js?gh-${hashOf(Buffer.from(body))}`;

describe('a page names its scripts and stylesheets by their bytes', () => {
  it('and nothing else of it is changed', async () => {
    const page = text(await askPage());

    expect(page).toBe(
      PAGE.replace(`main.jellyfin.bundle.js?${BUILD}`, named('entry 1')).replace(
        `href="main.${'b'.repeat(20)}.css"`,
        `href="main.${'b'.repeat(20)}.css?gh-${hashOf(Buffer.from('a{}'))}"`,
      ),
    );
  });

  it('which browsers may keep for ever', async () => {
    const { body, headers } = await web.get(`/web/${entryOf(await askPage())}`);

    expect(body.toString()).toBe('entry 1');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('from the first page after a restart on, by the same addresses', async () => {
    const before = text(await askPage());
    await web.restart();

    expect(text(await askPage())).toBe(before);
  });

  it('and by others a minute after a file changed and the page did not, with another key', async () => {
    const before = await askPage();
    web.files.set(ENTRY, { body: 'entry 2' });
    expect(entryOf(await askPage())).toBe(named('entry 1'));
    web.later(61_000);
    const after = await askPage();

    expect(entryOf(after)).toBe(named('entry 2'));
    expect(after?.key).not.toBe(before?.key);
    expect((await web.get(`/web/${entryOf(after)}`)).body.toString()).toBe('entry 2');
  });

  it('and by others at the next page after somebody has reloaded by force', async () => {
    await askPage();
    web.files.set(ENTRY, { body: 'entry 2' });
    const reloaded = await web.get(`/web/${named('entry 1')}`, { 'Cache-Control': 'no-cache' });

    expect([reloaded.body.toString(), reloaded.headers['cache-control']]).toEqual(['entry 2', 'no-cache']);
    expect(entryOf(await askPage())).toBe(named('entry 2'));
  });

  it('as they go out with text replaced in them, at the next page after that is so, and after it is not', async () => {
    /** A machine that is busy may take longer over a file than a page waits. */
    const pageWith = (body: string) =>
      vi.waitFor(
        async () => {
          const page = await askPage();
          expect(entryOf(page)).toBe(named(body));
          return page;
        },
        { timeout: 20_000 },
      );
    await pageWith('entry 1');
    web.cache.replace([{ find: 'entry', replace: 'start', count: 1, in: 'script' }]);
    await pageWith('start 1');
    const { body, headers } = await web.get(`/web/${named('start 1')}`);

    expect([body.toString(), headers['cache-control']]).toEqual([
      'start 1',
      expect.stringContaining('immutable'),
    ]);
    web.cache.replace([]);
    await pageWith('entry 1');
  });

  it('as one and the same page as long as they are the same, so that it is rewritten once', async () => {
    const first = await askPage();
    web.later(61_000);

    expect(await askPage()).toBe(first);
  });

  it('asking Jellyfin for each once a minute at most, whoever asks for pages', async () => {
    for (let n = 0; n < 10; n += 1) await askPage();
    web.later(61_000);
    for (let n = 0; n < 10; n += 1) await askPage();

    expect(web.asked.filter(({ line }) => line.startsWith(ENTRY)).length).toBe(2);
  });
});

it('a page does not wait for its files for long, and names them as Jellyfin does meanwhile', async () => {
  web.files.set(ENTRY, { body: '', answer: () => undefined });
  const began = performance.now();

  expect(entryOf(await askPage())).toBe(`main.jellyfin.bundle.js?${BUILD}`);
  expect(performance.now() - began).toBeLessThan(5_000);
});
