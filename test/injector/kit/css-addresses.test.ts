import { describe, expect, it } from 'vitest';
import { asSeenFromPage } from '../../../injector/kit/css-addresses.ts';
import { createPlan } from '../../../injector/kit/plan.ts';
import { MODS } from '../../../injector/mods/all.ts';

/** Where an address leads from the stylesheet that mods get, and from a `<style>` of the page; with and without a base URL. */
function leads(address: string, base = ''): { fromSheet: string; fromPage: string } {
  const written = /url\("(.*)"\)/.exec(asSeenFromPage(`a{b:url("${address}")}`))?.[1] ?? 'none';
  return {
    fromSheet: new URL(written, `http://a${base}/gatehouse/mods/4fJ.css`).href,
    fromPage: new URL(address, `http://a${base}/web/`).href,
  };
}

describe('an address of a stylesheet leads where it would in Jellyfin’s page', () => {
  it.each([
    'x.png',
    './x.png',
    '../Branding/Splashscreen',
    'themes/dark/a.css?v=1#b',
    '..',
    '/web/x.png',
    '//cdn.example/x.png',
    'https://cdn.example/x.png',
    'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
  ])('%s', (address) => {
    for (const base of ['', '/jellyfin']) {
      const { fromSheet, fromPage } = leads(address, base);
      expect(fromSheet).toBe(fromPage);
    }
  });
});

it.each([
  ['a{b:url(x.png)}', 'a{b:url(../../web/x.png)}'],
  ['a{b:URL( x.png )}', 'a{b:URL( ../../web/x.png )}'],
  ["a{b:url( 'x y.png' )}", "a{b:url( '../../web/x y.png' )}"],
  ['a{b:url(x.png),url("y.png")}', 'a{b:url(../../web/x.png),url("../../web/y.png")}'],
  ['a{b:url(a\\)b.png) url(c)}', 'a{b:url(../../web/a\\)b.png) url(../../web/c)}'],
  ['@import "x.css" layer(a);', '@import "../../web/x.css" layer(a);'],
  ["@IMPORT'x.css';", "@IMPORT'../../web/x.css';"],
  ['@import url(x.css) screen;', '@import url(../../web/x.css) screen;'],
  [
    'a{b:image-set("x.png" 1x type("image/png"), url(y.png) 2x) "no"}',
    'a{b:image-set("../../web/x.png" 1x type("image/png"), url(../../web/y.png) 2x) "no"}',
  ],
  ['@font-face{src:url(f.woff2)format("woff2")}', '@font-face{src:url(../../web/f.woff2)format("woff2")}'],
])('%s becomes %s', (css, written) => {
  expect(asSeenFromPage(css)).toBe(written);
});

it.each([
  '/* url(x.png) and @import "x" */',
  '/* never closed url(x.png)',
  'a::before{content:"url(x.png)"}',
  "a::before{content:'\\'url(x.png)'}",
  'a{b:my-url(x.png)}',
  'a{b:url()}',
  'a{b:url("")}',
  'a{mask:url(#m)}',
  'a{b:url(#default#VML)}',
  '@importance "x";',
  'a{b:url(\\68ttps://a/x.png)}',
  ')))}}}"',
])('%s stays as it is', (css) => {
  expect(asSeenFromPage(css)).toBe(css);
});

it('what custom-css is given is read so', () => {
  const css = '@import "themes/a.css"; body{background:url(../Branding/Splashscreen)}';
  const plan = createPlan({
    mods: MODS,
    enabled: { 'custom-css': { css } },
    jellyfinVersion: undefined,
    onFailure: ({ error }) => expect.unreachable(String(error)),
  });
  expect(plan.css).toContain('@import "../../web/themes/a.css";');
  expect(plan.css).toContain('url(../../web/../Branding/Splashscreen)');
});
