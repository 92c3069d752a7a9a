import { describe, expect, it } from 'vitest';
import { placesOf, selectorsIn } from '../../../injector/check/places.ts';
import { chunksIn } from '../../../injector/jellyfin/client-files.ts';

describe('the selectors of a stylesheet', () => {
  it.each([
    ['.a, .b:is(.c, .d) { color: red; }', [['.a', '.b:is(.c, .d)']]],
    ['@media (min-width: 1px) { .a { b: c } } .d { e: f }', [['.a'], ['.d']]],
    ['/* .x { } */ .a { background: url("}{.y"); content: ".z {"; }', [['.a']]],
    ['@import url("a;b.css"); .a { b: c; }', [['.a']]],
    ['@keyframes x { from { a: b } 50.5% { a: c } }', [['from'], ['50.5%']]],
    ['.a { content: "\\"} .x {"; } .b { c: d }', [['.a'], ['.b']]],
    ['.a { content: "/*"; } .b { c: d } /* "*/ .c { d: e }', [['.a'], ['.b'], ['.c']]],
    ['.a/* , { */, .b\\{c { d: e }', [['.a', '.b\\{c']]],
    ['.a { b: c', [['.a']]],
    ['', []],
  ])('of %j are %j', (css, expected) => {
    expect(selectorsIn(css)).toEqual(expected);
  });
});

describe('the places of a mod', () => {
  const of = (css: string, part?: string) =>
    placesOf({ mod: 'bars#2', hooks: { css, client: {} } }, part, undefined);

  it('are the rules of its stylesheet, without what is its own', () => {
    expect(
      of('.skinHeader .bars-mark, html.layout-tv .MuiAppBar-root { a: b } .bars-own { c: d } body { e: f }'),
    ).toEqual([
      {
        name: '.skinHeader .bars-mark, html.layout-tv .MuiAppBar-root',
        ways: [['skinHeader'], ['MuiAppBar']],
        isNeeded: false,
      },
    ]);
  });

  it('are the anchors and pages its part in the browser names', () => {
    const part = 'var a=function(c){c.onPage(["login"],function(p){c.find("loginForm",p)})}';
    expect(of('', part)).toEqual([
      { name: 'loginForm', ways: [['manualLoginForm']], isNeeded: true },
      { name: 'the page login', ways: [['loginPage']], isNeeded: true },
    ]);
  });

  it('are there by any of the names that versions have for one', () => {
    expect(of('', 'var a=function(c){c.find("loginDisclaimer",document)}')).toEqual([
      {
        name: 'loginDisclaimer',
        ways: [['loginDisclaimerContainer'], ['disclaimerContainer']],
        isNeeded: true,
      },
    ]);
  });
});

describe('the chunks a script names', () => {
  const hash = (letter: string) => letter.repeat(20);

  it('are put together from its tables of names and hashes, without those of languages', () => {
    const script =
      `u=e=>(({2:"session-login-index-html",1500:"cs-json"})[e]||e)+"."+{2:"${hash('a')}",77:"${hash('b')}",` +
      `1500:"${hash('c')}","node_modules.x":"${hash('d')}"}[e]+".chunk.js"`;
    expect(chunksIn(script)).toEqual([
      `session-login-index-html.${hash('a')}.chunk.js`,
      `77.${hash('b')}.chunk.js`,
      `node_modules.x.${hash('d')}.chunk.js`,
    ]);
  });

  it('are those of languages and stylesheets, too, where everything is wanted', () => {
    const script =
      `u=e=>(({2:"home",1500:"cs-json"})[e]||e)+"."+{2:"${hash('a')}",1500:"${hash('c')}"}[e]+".chunk.js",` +
      `c=e=>(({2:"home"})[e]||e)+"."+{2:"${hash('e')}"}[e]+".css"`;
    expect(chunksIn(script)).toEqual([`home.${hash('a')}.chunk.js`]);
    expect(chunksIn(script, true)).toEqual([
      `home.${hash('a')}.chunk.js`,
      `cs-json.${hash('c')}.chunk.js`,
      `home.${hash('e')}.css`,
    ]);
  });
});
