import { describe, expect, it } from 'vitest';
import { recogniseCss } from '../../../server/suggest/recognise-css.ts';

/** What is proposed for a sheet, and what is left of it. */
function read(css: string) {
  const { findings, rest } = recogniseCss(css, 'custom CSS');
  return { proposed: findings.map(({ proposal }) => [proposal?.mod, proposal?.options]), rest };
}

const HEADING =
  '#loginPage h1 {display: none}\n#loginPage .padded-left.padded-right.padded-bottom-page {margin-top: 10px}';
const NO_TOP_BAR =
  'body:has(#loginPage:not(.hide)) .skinHeader { display: none !important; }\nbody:not(:has(#loginPage:not(.hide))) .skinHeader { display: flex !important; }';
const TRAILERS =
  '.mainDrawer:has(.navMenuOption-selected[href^="#/movies.html"]) + .skinHeader .emby-tab-button[data-index="2"] { display: none !important; }';
const LOGO = `#itemDetailPage .itemName.infoText.parentNameLast > bdi:nth-child(1) {display: none;}
.hide+.detailPageWrapperContainer .itemName > bdi:nth-child(1) {display: block !important;}
#itemDetailPage .parentName > bdi:nth-child(1) {display: none;}
.hide+.parentName > bdi:nth-child(1) {display: block !important;}`;
const MOVING = `@keyframes drift { 0% { background-position: 99% 1%; } 100% { background-position: 50% 50%; } }
.backdropImage { background-size: 150% 150%; animation: drift 90s ease-in-out 1s; }
@keyframes driftmob { 0% { opacity: 0 } }
@media (max-width: 600px) { .backdropImage { animation: driftmob 90s ease-in-out 1s; } }`;
const FONT = `@font-face { font-family: 'Lato'; src: url('/web/fonts/lato.woff2') format('woff2'); }
html { font-family: "Lato" !important;}`;
const SNOW = `.content-primary, .padded-bottom-page, .page, .pageWithAbsoluteTabs .pageTabContent { z-index: 4;}
.videoPlayerContainer { z-index: 3;}`;
const FOOTER = `#footer {position: fixed; bottom: 0; width: 100%; text-align: center;}
#footer span { display: none; }
#footer:after { content: 'Back at four'; }`;
const glass = (strength: number) => ({ strength, shade: 'dark' });

describe('rules that mods know', () => {
  it.each([
    ['no heading', HEADING, 'login-layout', { hideHeading: true }],
    ['no heading, without the margin', '#loginPage h1{display:none}', 'login-layout', { hideHeading: true }],
    ['no top bar', NO_TOP_BAR, 'login-layout', { hideTopBar: true }],
    [
      'a transparent bar',
      '.skinHeader-withBackground {background-color: #20202000 !important;}',
      'transparent-bars',
      { header: true, ...glass(0) },
    ],
    [
      'a transparent drawer',
      'div.mainDrawer {background-color: rgba(0,0,0,0.6) !important;}',
      'transparent-bars',
      { drawer: true, ...glass(60) },
    ],
    [
      'a brighter backdrop',
      '.backgroundContainer.withBackdrop {background-color: rgba(0, 0, 0, 0.34) !important;}',
      'backdrop-brightness',
      { brightness: 66 },
    ],
    ['no trailers', TRAILERS, 'hide', { parts: ['trailers'] }],
    ['no My Media', '.section0 .sectionTitle {display: none;}', 'hide', { parts: ['my-media-title'] }],
    ['no cast button', '.headerCastButton { display: none }', 'hide', { parts: ['cast'] }],
    ['logos for titles', LOGO, 'details-logo', {}],
    ['moving pictures', MOVING, 'pan-and-zoom', { seconds: 90 }],
    ['a font', FONT, 'fonts', { folder: 'fonts', family: 'Lato' }],
    [
      'no scroll bar on an old Edge',
      'body { -ms-overflow-style: none !important; }',
      'scrollbar',
      { show: 'hidden' },
    ],
    ['no scroll bar', '::-webkit-scrollbar { display: none; }', 'scrollbar', { show: 'hidden' }],
    ['layers for snow', SNOW, 'seasons', {}],
    ['a notice', FOOTER, 'announcement', { text: 'Back at four' }],
    [
      'no Forgot Password',
      '#loginPage .raised.cancel.block.btnForgotPassword.emby-button{display:none}',
      'forgot-password',
      { show: 'hide' },
    ],
    [
      'a theme',
      '@import url("https://themes.example.org/night.css");',
      'custom-css',
      { url: 'https://themes.example.org/night.css' },
    ],
  ])('%s', (_name, css, mod, options) => {
    expect(read(css)).toEqual({ proposed: [[mod, options]], rest: '' });
  });

  it('a picture behind the login page, by its address or copied from the web folder', () => {
    const css = (address: string) =>
      `#loginPage { background: url(${address}) !important; background-size: cover !important; }`;
    expect(read(css('https://pictures.example.org/a.png'))).toEqual({
      proposed: [['login-background', { pictures: ['https://pictures.example.org/a.png'] }]],
      rest: '',
    });
    expect(recogniseCss(css("'/web/my garden.jpg'"), 'custom CSS').findings).toMatchObject([
      {
        proposal: { options: { pictures: ['pictures/my-garden.jpg'] } },
        advice: expect.stringContaining('/web/my garden.jpg'),
      },
    ]);
  });

  it('a card on the splash screen of the server, with the animation that moves it', () => {
    const card = [
      "#loginPage { background-image: url('/Branding/Splashscreen?format=jpg'); animation: slide 150s infinite; }",
      '@keyframes slide { 0% { background-position: top left; } }',
      '.skinHeader.semiTransparent.noHeaderRight { background: transparent !important; }',
      'div#loginPage { margin-top: 0 }',
      '#loginPage h1::after { content: "Sign In"; }',
      '#loginPage h1 { font-size: 0; }',
      '#loginPage .padded-left.padded-right.padded-bottom-page { position: absolute; }',
      '#loginPage .readOnlyContent { width: 100% }',
      '.manualLoginForm { height: 100% }',
      '.visualLoginForm { width: 100% }',
    ];
    expect(read(card.join('\n'))).toEqual({ proposed: [['login-layout', { style: 'netflix' }]], rest: '' });
    expect(read(card.slice(1).join('\n')).proposed).toEqual([]);
  });
});

describe('what is left', () => {
  it.each([
    ['another element', '#indexPage h1 { display: none }'],
    ['another value', '#loginPage h1 { display: block }'],
    ['a bar that is not transparent', '.skinHeader-withBackground { background-color: #202020; }'],
    [
      'a bright shade on pictures',
      '.backgroundContainer.withBackdrop { background-color: rgba(255, 255, 255, 0.5) }',
    ],
    ['a picture in the rule itself', '#loginPage { background: url(data:image/png;base64,AAAA) }'],
    ['an animation that is not there', '.backdropImage { animation: drift 60s }'],
    ['a font that is not used', '@font-face { font-family: Lato; src: url(lato.woff2) }'],
    ['a part of a part', '.headerCastButton .material-icons { display: none }'],
    ['a rule for some windows', '@media (max-width: 1em) { #loginPage h1 { display: none } }'],
    ['an import for some windows', '@import url("https://themes.example.org/a.css") screen;'],
    ['an import from the web folder', '@import url("theme.css");'],
    ['what is no rule', 'this is no CSS'],
  ])('%s stays as it was written', (_name, css) => {
    expect(read(css)).toEqual({ proposed: [], rest: css });
  });

  it('is what the rules around it say, selectors and lines that mods do not know among it', () => {
    const css =
      '.card { margin: 0 }\n#loginPage h1, .mine { display: none; color: red }\n/* ours */ .b { top: 0 }';
    expect(read(css)).toEqual({
      proposed: [['login-layout', { hideHeading: true }]],
      rest: '.card { margin: 0 }\n#loginPage h1 { color: red; }\n.mine { display: none; color: red; }\n/* ours */ .b { top: 0 }',
    });
  });

  it('has no notice that is switched off, and its rules are gone', () => {
    const { findings, rest } = recogniseCss(
      FOOTER.replace('bottom: 0;', 'display: none !important;'),
      'custom CSS',
    );
    expect([findings[0]?.proposal, rest]).toEqual([undefined, '']);
  });
});
