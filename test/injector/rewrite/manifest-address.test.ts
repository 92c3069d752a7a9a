import { expect, it } from 'vitest';
import { createManifestAddress, findManifest } from '../../../injector/rewrite/manifest-address.ts';

it.each([
  ['<link rel="manifest" href="64d966784cd77b03a79c.json">', '/web/64d966784cd77b03a79c.json'],
  ["<LINK href='manifest.json' REL='manifest'>", '/web/manifest.json'],
  ['<link rel=manifest href=manifest.json>', '/web/manifest.json'],
  ['<link rel="manifest" crossorigin href="./App.WebManifest?abc">', '/web/app.webmanifest'],
  ['<link rel="icon" href="a.json"><link rel="manifest" href="b.json">', '/web/b.json'],
  ['<link rel="manifest" href="https://elsewhere.example/web/a.json">', undefined],
  ['<link rel="manifest">', undefined],
  ['<link rel="stylesheet" href="manifest.json">', undefined],
  ['', undefined],
  ['<link rel = "manifest" href = "a.json">', '/web/a.json'],
  ["<link rel= 'manifest' href= a.json>", '/web/a.json'],
  [`${' '.repeat(65_536 - 36)}<link rel="manifest" href="abc.json">`, undefined],
  [`${' '.repeat(65_536 - 37)}<link rel="manifest" href="abc.json">`, '/web/abc.json'],
])('the manifest of %s is %s', (html, expected) => {
  expect(findManifest(html)).toBe(expected);
});

it('is looked for in no time, also in a page made to take long', () => {
  const started = performance.now();
  expect(findManifest('<link '.repeat(100_000))).toBeUndefined();
  expect(findManifest(`<link ${'rel'.repeat(100_000)}>`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});

/** Jellyfin's files, of which the page is what is given here: kept, and as it is now. */
function startAddress(kept: string | undefined, now: string | undefined) {
  const asked: string[] = [];
  const fileOf = (html: string | undefined) =>
    html === undefined
      ? undefined
      : ({ bytes: Buffer.from(`<link rel="manifest" href="${html}">`) } as never);
  const file = fileOf(kept);
  const address = createManifestAddress(
    {
      peek: (path) => {
        asked.push(`peek ${path}`);
        return file;
      },
      get: async (path) => {
        asked.push(`get ${path}`);
        return fileOf(now);
      },
      distrust: () => undefined,
      getPersonal: async () => undefined,
    },
    '/jf/web/index.html',
  );
  return { asked, isManifest: (path: string) => address.isManifest(path, {}) };
}

it('the manifest is the one that the kept page names, and Jellyfin is not asked', async () => {
  const { asked, isManifest } = startAddress('one.json', 'other.json');
  expect([await isManifest('/web/one.json'), await isManifest('/web/other.json')]).toEqual([true, false]);
  expect(await isManifest('/web/one.json')).toBe(true);
  expect(new Set(asked)).toEqual(new Set(['peek /jf/web/index.html']));
});

it('the manifest is the one that the page names now, where none is kept', async () => {
  const { asked, isManifest } = startAddress(undefined, 'other.json');
  expect([await isManifest('/web/one.json'), await isManifest('/web/other.json')]).toEqual([false, true]);
  expect(asked).toContain('get /jf/web/index.html');
});

it('nothing is the manifest while there is no page, or while it names none', async () => {
  expect(await startAddress(undefined, undefined).isManifest('/web/manifest.json')).toBe(false);
  expect(await startAddress('https://elsewhere.example/a', undefined).isManifest('/web/manifest.json')).toBe(
    false,
  );
});
