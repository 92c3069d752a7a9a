import { describe, expect, it } from 'vitest';
import { recognisePage } from '../../../server/suggest/page.ts';

/** The page as 10.8 has it, and as 10.9 and later have it. */
const PAGES = {
  '10.8': (head: string, body: string, logo = 'assets/img/icon-transparent.png') =>
    `<!doctype html><html><head><title>Jellyfin</title><link rel="shortcut icon" href="bc8d51405ec040305a87.ico"><style>.splashLogo{background-image:url(${logo})}@media (max-width: 1px){.splashLogo{background-image:url(assets/img/banner-light.png)}}.mainDrawerHandle{top:0}</style><script defer="defer" src="main.jellyfin.bundle.js?217455d43c46148ad965"></script>${head}</head><body><div class="backdropContainer"></div><div class="backgroundContainer"></div><div class="mainDrawer hide"></div><div class="skinHeader"></div><div class="mainAnimatedPages skinBody"><div class="splashLogo"></div></div><div class="mainDrawerHandle"></div>${body}</body></html>`,
  '10.9+': (head: string, body: string) =>
    `<!doctype html><html class="preload"><head><title>Jellyfin</title><link rel="shortcut icon" href="favicon.bc8d51405ec040305a87.ico"><style>.preload{background-color:#101010}</style><script defer="defer" src="runtime.bundle.js?7efa590461c1bbdc1906"></script><script defer="defer" src="node_modules.%40mui.system.bundle.js?7efa590461c1bbdc1906"></script><script defer="defer" src="serviceworker.js?7efa590461c1bbdc1906"></script><link href="main.jellyfin.f725276386e5b19afe0c.css?7efa590461c1bbdc1906" rel="stylesheet">${head}</head><body dir="ltr"><div id="reactRoot"><div class="splashLogo"></div></div>${body}</body></html>`,
};

const read = (html: string) => recognisePage(html).findings.map(({ what, proposal }) => proposal ?? what);
const OWN_TITLE = 'if (document.title === "Jellyfin") { document.title = "Ada’s films"; }';

describe.each(Object.entries(PAGES))('the page of %s', (_version, page) => {
  it('has nothing to say as it is shipped', () => {
    expect(recognisePage(page('', ''))).toEqual({ findings: [], rest: '' });
  });

  it.each([
    ['a title of its own', OWN_TITLE, { mod: 'page-title', options: { title: 'Ada’s films' } }],
    [
      'a title that is compared only',
      'if (document.title == "Jellyfin") start();',
      expect.stringContaining('runs a script'),
    ],
    ['a tab', 'const b = createTab(); b.id = "requestTab";', 'draws a tab for requests'],
    ['a music bar', 'document.getElementsByClassName("appfooter")[0]', { mod: 'music-bar', options: {} }],
  ])('has a script for %s', (_name, script, found) => {
    expect(read(page('', `<script>${script}</script>`))).toEqual([found]);
  });

  it.each([
    ['<script defer src="holidays.js"></script>', { mod: 'seasons', options: {} }],
    ['<script src="seasonal/snowstorm.js"></script>', { mod: 'seasons', options: {} }],
    ['<link rel="stylesheet" href="/web/seasonal/hearts.css">', { mod: 'seasons', options: {} }],
    ['<snowflake><div class="snowflakes">*</div></snowflake>', { mod: 'seasons', options: {} }],
    ['<script src="pausescreen.js"></script>', { mod: 'pause-screen', options: {} }],
    [
      '<link rel="stylesheet" href="https://themes.example.org/a.css">',
      { mod: 'custom-css', options: { url: 'https://themes.example.org/a.css' } },
    ],
    ['<link rel="stylesheet" href="ours.css">', { mod: 'custom-css', options: { file: 'ours.css' } }],
    [
      '<style>#loginPage h1 { display: none }</style>',
      { mod: 'login-layout', options: { hideHeading: true } },
    ],
    [
      '<script src="https://scripts.example.org/x.js"></script>',
      'runs the script https://scripts.example.org/x.js',
    ],
    ['<script src="/JavaScriptInjector/public.js"></script>', 'is part of a plugin of the server'],
    ['<marquee>Hello</marquee>', 'has an element <marquee> of its own'],
  ])('has %s', (tag, found) => {
    expect(read(page('', tag))).toEqual([found]);
  });

  it('has a notice, with the library and the script that show it', () => {
    const notice = `<script src="https://cdn.example.org/jquery.min.js"></script><script>$('#footer').fadeOut();</script><div id="footer">Away on Tuesday</div>`;
    expect(read(page('', notice))).toEqual([
      'shows and hides the notice at the foot',
      { mod: 'announcement', options: { text: 'Away on Tuesday' } },
    ]);
  });

  it('has advice for scripts of strangers, and rules of its own that nobody knows', () => {
    const [script] = recognisePage(page('', '<script src="x.js"></script>')).findings;
    expect(script?.advice).toMatch(/custom-script/);
    expect(recognisePage(page('<style>.mine { top: 0 }</style>', '')).rest).toBe('.mine { top: 0 }');
  });

  it('has a title and an icon of its own', () => {
    const html = page('', '')
      .replace('<title>Jellyfin', '<title>Films')
      .replace(/href="(?:favicon\.)?bc8d51405ec040305a87\.ico/, 'href="ours.png');
    expect(read(html)).toEqual([
      { mod: 'page-title', options: { title: 'Films' } },
      { mod: 'icons', options: { picture: 'pictures/ours.png' } },
    ]);
  });
});

it('another logo of the start is found in the page of 10.8', () => {
  expect(read(PAGES['10.8']('', '', 'pulse.gif'))).toEqual([
    { mod: 'splash', options: { logo: 'pictures/pulse.gif' } },
  ]);
});
