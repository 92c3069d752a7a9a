import { expect, it } from 'vitest';
import { findManifest } from '../../../injector/rewrite/manifest-address.ts';

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
])('the manifest of %s is %s', (html, expected) => {
  expect(findManifest(html)).toBe(expected);
});

it('is looked for in no time, also in a page made to take long', () => {
  const started = performance.now();
  expect(findManifest('<link '.repeat(100_000))).toBeUndefined();
  expect(findManifest(`<link ${'rel'.repeat(100_000)}>`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});
