import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamFile, UpstreamFiles } from '../../../injector/rewrite/upstream-files.ts';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const name = (n: number): string => `chunk${n}.${String(n).padStart(20, '0')}.js`;
const ENTRY = `main.bundle.js?${'a'.repeat(20)}`;
const HASHES = [
  ...Array.from({ length: 30 }, (_, n) => String(n).padStart(20, '0')),
  ...['b', 'c'].map((digit) => digit.repeat(20)),
];
const PAGE = `<html><head><script defer src="${ENTRY}"></script></head><body></body></html>`;

let web: KeptWeb;
let page = PAGE;
beforeEach(async () => {
  page = PAGE;
  web = await openKeptWeb();
  web.files.set('/web/main.bundle.js', { body: `entry, which loads ${[...HASHES].join()}` });
  for (let n = 0; n < 30; n += 1) web.files.set(`/web/${name(n)}`, { body: `chunk ${n}` });
  web.files.set(`/web/font.${'b'.repeat(20)}.woff2`, { body: 'font' });
  web.files.set(`/web/style.${'c'.repeat(20)}.css`, { body: 'a{}' });
});
afterEach(() => web.close());

/** The page as the rewriting gets it. */
async function askPage(browser: string, path = '/web/'): Promise<string> {
  const original = (): UpstreamFile => ({
    ...{ bytes: Buffer.from(page), key: page, contentType: 'text/html', headers: [] },
    rawHeaders: ['ETag', `"${page.length}"`],
  });
  const upstreamFiles: UpstreamFiles = {
    peek: () => undefined,
    get: async () => original(),
    getPersonal: async () => undefined,
    distrust: () => undefined,
  };
  const answer = await web.cache.watchPage(upstreamFiles).get(path, { 'user-agent': browser });
  // How the page names its own files is not looked at here.
  return (answer?.bytes.toString() ?? '').replace(/\?gh-[\w-]{22}/, `?${'a'.repeat(20)}`);
}

/** A load of the page by a browser; the next one of the same browser ends it. */
async function load(
  files: readonly string[],
  headers: Record<string, string> = {},
  browser = 'Firefox',
): Promise<string> {
  const html = await askPage(browser);
  for (const file of [ENTRY, ...files]) {
    await web.get(`/web/${file}`, { 'User-Agent': browser, Referer: 'http://a/web/', ...headers });
  }
  return html;
}

const chunks = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => name(from + n));
const announced = (html: string): string[] =>
  [...html.matchAll(/<link rel="preload" as="\w+" href="([^"]+)"/g)].map(([, href]) => href ?? '');

describe('what browsers ask for late', () => {
  it('is announced from the third load on, in the order of its use, without what the page names itself', async () => {
    expect(await load(chunks(0, 20))).toBe(PAGE);
    expect(await load([...chunks(0, 20), name(25)])).toBe(PAGE);

    expect(announced(await askPage('Firefox'))).toEqual(chunks(0, 20));
  });

  it('changes the page at most twice, and only grows', async () => {
    await load(chunks(0, 20));
    await load(chunks(0, 20));
    const seen = new Set<string>();
    for (let n = 0; n < 8; n += 1) seen.add(await load(chunks(0, 22)));

    expect(seen.size).toBe(1);
    await load(chunks(0, 30));
    expect(announced(await askPage('Firefox'))).toEqual(chunks(0, 20));
  });

  it('is what four of five asked for after five', async () => {
    await load(chunks(0, 20));
    for (let n = 0; n < 4; n += 1) await load([...chunks(0, 20), name(24)]);

    expect(announced(await askPage('Firefox'))).toEqual([...chunks(0, 20), name(24)]);
  });

  it('is learned anew when the page changes', async () => {
    for (let n = 0; n < 3; n += 1) await load(chunks(0, 20));
    page = PAGE.replace('<body>', '<body class="new">');

    expect(announced(await load(chunks(5, 20)))).toEqual([]);
    await load(chunks(5, 20));
    expect(announced(await askPage('Firefox'))).toEqual(chunks(5, 20));
  });

  it('is still known after a restart', async () => {
    for (let n = 0; n < 3; n += 1) await load(chunks(0, 20));
    await web.restart();

    await expect.poll(async () => announced(await askPage('Firefox')).length).toBe(20);
  });

  it('is not learned from a browser that had most of it, from other clients, or from other pages', async () => {
    await load(chunks(0, 20));
    await load(chunks(0, 3));
    for (const file of chunks(0, 20)) {
      await web.get(`/web/${file}`, { 'User-Agent': 'other', Referer: 'http://a/web/' });
      await web.get(`/web/${file}`, { 'User-Agent': 'Firefox', Referer: 'https://evil.example/page' });
    }
    await askPage('Firefox');

    expect(announced(await askPage('Firefox'))).toEqual([]);
  });

  it('is announced in the way browsers will ask for it', async () => {
    const files = [...chunks(0, 10), `font.${'b'.repeat(20)}.woff2`, `style.${'c'.repeat(20)}.css`];
    await load(files);
    await load(files);
    const html = await askPage('Firefox');

    expect(html).toContain(`<link rel="preload" as="script" href="${name(0)}" fetchpriority="low">`);
    expect(html).not.toContain('woff2');
    expect(html).toContain(
      `<link rel="preload" as="style" href="style.${'c'.repeat(20)}.css" fetchpriority="low">`,
    );
    expect(html.indexOf('rel="preload"')).toBeLessThan(html.indexOf('</head>'));
  });

  it('comes behind the scripts of the page itself, which browsers would ask for last', async () => {
    await load(chunks(0, 10));
    expect(await load(chunks(0, 10))).toBe(PAGE);

    expect(await askPage('Firefox')).toContain(`<head><script fetchpriority="high" defer src="${ENTRY}">`);
  });

  it('leaves out what a worker asks for, and what nobody could get', async () => {
    for (let n = 0; n < 2; n += 1) {
      await load(chunks(0, 10));
      await web.get(`/web/${name(11)}`, { 'User-Agent': 'Firefox', 'Sec-Fetch-Dest': 'worker' });
      await web.get(`/web/none.${'d'.repeat(20)}.js`, { 'User-Agent': 'Firefox' });
    }

    expect(announced(await askPage('Firefox'))).toEqual(chunks(0, 10));
  });

  it('is not more than 512 kB a file and 2 MB together, whoever asked for it', async () => {
    web.files.set(`/web/${name(0)}`, { body: 'x'.repeat(600_000) });
    for (let n = 1; n < 10; n += 1) web.files.set(`/web/${name(n)}`, { body: `${n}`.repeat(500_000) });
    await load(chunks(0, 20));
    await load(chunks(0, 20));

    expect(announced(await askPage('Firefox'))).toEqual([...chunks(1, 5), ...chunks(10, 20)]);
  });

  it('is of the build that the page names, whatever strangers ask for while it is learned', async () => {
    web.files.set('/web/libraries/worker.js', { body: 'large' });
    web.files.set(`/web/old.${'e'.repeat(20)}.chunk.js`, { body: 'of the build before' });
    const strange = [
      `libraries/worker.js?0123456789abcdef0123`,
      `main.bundle.js?${'f'.repeat(20)}`,
      `${name(1)}?${'f'.repeat(20)}`,
      `old.${'e'.repeat(20)}.chunk.js`,
    ];
    for (let n = 0; n < 5; n += 1) await load([...strange, ...chunks(0, 20)]);

    expect(announced(await askPage('Firefox'))).toEqual(chunks(0, 20));
  });

  it('may have the build of the page in its query', async () => {
    web.files.set('/web/late.chunk.js', { body: 'late' });
    for (let n = 0; n < 2; n += 1) await load([...chunks(0, 20), `late.chunk.js?${'a'.repeat(20)}`]);

    expect(announced(await askPage('Firefox'))).toEqual([
      ...chunks(0, 20),
      `late.chunk.js?${'a'.repeat(20)}`,
    ]);
  });

  it('does not change a page without one plain end of its head', async () => {
    page = PAGE.replace('<body>', '<body></head>');
    for (let n = 0; n < 3; n += 1) await load(chunks(0, 20));

    expect(await askPage('Firefox')).toBe(page);
  });
});

it('a page below another path is not touched', async () => {
  for (let n = 0; n < 3; n += 1) await load(chunks(0, 20));

  expect(await askPage('Firefox', '/web//index.html')).toBe(PAGE);
});
