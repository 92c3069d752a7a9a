import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { boxOf, colourAt, type Rgb, styleOf, stylesOf } from '../../support/browser/looks.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { openModdedTab, PICTURES, type Situation, usePictures } from '../../support/browser/modded-tab.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const LOGIN = '#loginPage:not(.hide)';
const CARD = `${LOGIN} > .padded-bottom-page`;

const clientFolder = useBuiltClient();
const browser = useChromium();
const filesFolder = usePictures();

describe.each(MOD_CLIENTS)('on the login page of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { filesFolder: filesFolder() });
  });
  afterAll(() => modded.close());

  async function open(options: Record<string, unknown>, situation: Situation = {}): Promise<Page> {
    const page = await openModdedTab(browser(), modded, options, situation);
    await page.goto(modded.webUrl);
    await shownPage(page, '#loginPage');
    await page.locator(`${LOGIN} .manualLoginForm`).waitFor();
    return page;
  }

  const pictureOfServer = '.backdropImage[data-url*="Splashscreen"]';
  const hasPictureOfServer = version !== '10.8.13';

  it('a picture of one’s own lies behind the form, darkened, in front of the server’s, and goes with the page', async () => {
    const page = await open(
      { 'login-background': { pictures: ['red.png'], dim: 50, blur: 4 } },
      { hasSplashScreen: true },
    );
    if (hasPictureOfServer) await page.locator(pictureOfServer).waitFor({ state: 'attached' });
    await expect.poll(() => colourAt(page, 2, 790)).toEqual([100, 0, 0]);
    expect(await colourAt(page, 1277, 300)).toEqual([100, 0, 0]);
    expect(await styleOf(page, LOGIN, 'filter', '::before')).toBe('blur(4px)');
    await page.locator(`${LOGIN} #txtManualName`).fill('alice');
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(async () => (await colourAt(page, 2, 790))[0]).toBeLessThan(60);
  });

  it('several pictures show in turn, fade, and stand still for who wants less motion', async () => {
    const page = await open({
      'login-background': { pictures: ['red.png', 'green.png', 'blue.png'], seconds: 10, dim: 0 },
    });
    const { red, green, blue } = PICTURES;
    const at = async (seconds: number): Promise<Rgb> => {
      await page.evaluate(
        `for (const one of document.querySelector(${JSON.stringify(LOGIN)}).getAnimations({ subtree: true }))
           if (one.animationName.startsWith('login-background')) { one.pause(); one.currentTime = ${1000 * seconds}; }`,
      );
      // A picture that has not shown before is decoded first.
      await page.evaluate(
        'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
      );
      return colourAt(page, 2, 790);
    };
    const seen: Rgb[] = [];
    for (const seconds of [0, 12, 22, 32, 42, 52, 62]) {
      await expect.poll(() => at(seconds)).toSatisfy((colour: Rgb) => Math.max(...colour) === 200);
      seen.push(await at(seconds));
    }
    expect(seen).toEqual([red, green, blue, red, green, blue, red]);
    const [ofRed, ofGreen] = await at(9);
    expect([Math.round(ofRed / 10), Math.round(ofGreen / 10)]).toEqual([10, 10]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    expect(await colourAt(page, 2, 790)).toEqual(red);
  });

  it.each([1280, 375])('a logo stands above the form and is read aloud, %i px wide', async (width) => {
    const page = await open(
      { 'login-logo': { picture: 'blue.png', height: 80, alt: 'Ada’s "films"', hideJellyfins: true } },
      { width },
    );
    const content = await boxOf(page, CARD);
    const form = await boxOf(page, `${LOGIN} .manualLoginForm`);
    expect(form.top - content.top).toBeGreaterThanOrEqual(80);
    await expect.poll(() => colourAt(page, width / 2, content.top + 40)).toEqual(PICTURES.blue);
    expect(await styleOf(page, CARD, 'content', '::before')).toContain('films');
    const theirs = '.skinHeader .pageTitle, .MuiAppBar-root a[href="#/"] img';
    expect(new Set(await stylesOf(page, theirs, 'visibility'))).toEqual(new Set(['hidden']));
    await signIn(page, 'alice', 'alice-pw-1');
    await expect
      .poll(async () => new Set(await stylesOf(page, theirs, 'visibility')))
      .toEqual(new Set(['visible']));
  });

  it.each([
    ['centered', 1280, ''],
    ['centered', 375, ''],
    ['netflix', 1280, 'tv'],
    ['netflix', 375, ''],
  ])('the %s card is in the middle, and fits %i px and layout "%s"', async (style, width, layout) => {
    const page = await open(
      { 'login-layout': { style, hideHeading: true, hideTopBar: true } },
      { width, ...(layout === '' ? {} : { layout }) },
    );
    const card = await boxOf(page, CARD);
    expect(Math.abs(card.left + card.right - width)).toBeLessThan(24);
    expect(card.left).toBeGreaterThanOrEqual(0);
    expect(card.width).toBeLessThanOrEqual(width);
    if (width === 1280) expect(card.width).toBeLessThan(900);
    const field = await boxOf(page, `${LOGIN} #txtManualName`);
    expect(field.left).toBeGreaterThan(card.left);
    expect(field.right).toBeLessThan(card.right);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect((await boxOf(page, `${LOGIN} .manualLoginForm h1`)).width).toBeLessThanOrEqual(1);
    const bars = '.skinHeader, .MuiAppBar-root';
    expect(new Set(await stylesOf(page, bars, 'visibility'))).toEqual(new Set(['hidden']));
    await signIn(page, 'alice', 'alice-pw-1');
    await expect
      .poll(async () => new Set(await stylesOf(page, bars, 'visibility')))
      .toEqual(new Set(['visible']));
  });

  it('buttons and a footer speak the person’s language beside a notice, once, also for the next person', async () => {
    const page = await open(
      {
        'login-notice': { text: 'Be nice.' },
        'login-buttons': {
          buttons: [
            {
              name: { en: 'Join', de: '<b>Mitmachen</b>' },
              url: 'https://join.example.org/a?b=c',
              icon: 'home',
            },
            { name: 'My Account', url: '../gatehouse/account', opens: 'same-tab' },
          ],
        },
        'login-footer': {
          text: { en: 'Hello.', de: 'Mehr auf https://www.example.org/a_(b), siehe dort.' },
          links: [{ name: 'Imprint', url: 'mailto:ada@example.org' }],
        },
      },
      { locale: 'de-DE' },
    );
    await page.locator(`${LOGIN} :is(.disclaimer, .loginDisclaimer)`, { hasText: 'Be nice.' }).waitFor();
    const links = page.locator(`${LOGIN} .login-buttons-button`);
    const look = async () => ({
      words: await links.allInnerTexts(),
      targets: await page.evaluate<string[]>(
        `Array.from(document.querySelectorAll('${LOGIN} .login-buttons-button'), (one) => one.href + ' ' + one.target)`,
      ),
      footer: await page.locator(`${LOGIN} .login-footer`).allInnerTexts(),
    });
    const first = await look();
    expect(first.words.map((words) => words.trim())).toEqual(['<b>Mitmachen</b>', 'My Account']);
    const own = modded.webUrl.replace('/web/index.html', '/gatehouse/account');
    expect(first.targets).toEqual(['https://join.example.org/a?b=c _blank', `${own} `]);
    expect(first.footer.map((words) => words.replace(/\s+/g, ' ').trim())).toEqual([
      'Mehr auf https://www.example.org/a_(b), siehe dort. Imprint',
    ]);
    const hrefs = await page.evaluate(
      `Array.from(document.querySelectorAll('${LOGIN} .login-footer a'), (one) => one.getAttribute('href'))`,
    );
    expect(hrefs).toEqual(['https://www.example.org/a_(b)', 'mailto:ada@example.org']);
    const lastButton = await boxOf(page, `${LOGIN} .login-buttons-button:last-child`);
    const notice = await boxOf(page, `${LOGIN} :is(.disclaimer, .loginDisclaimer)`);
    const footer = await boxOf(page, `${LOGIN} .login-footer`);
    expect(lastButton.bottom).toBeLessThanOrEqual(notice.top);
    expect(notice.bottom).toBeLessThanOrEqual(footer.top);
    await signIn(page, 'alice', 'alice-pw-1');
    await page.evaluate('void Dashboard.logout()');
    await shownPage(page, '#loginPage');
    await links.first().waitFor();
    expect(await look()).toEqual(first);
  });

  it.each([
    [1280, 900],
    [375, 500],
  ])('the footer is at the bottom, below all else, %i x %i', async (width, height) => {
    const page = await open(
      { 'login-footer': { text: 'Family only.' }, 'login-layout': { style: 'centered' } },
      { width, height },
    );
    const content = await boxOf(page, CARD);
    const footer = await boxOf(page, `${LOGIN} .login-footer`);
    expect(footer.top).toBeGreaterThanOrEqual(content.bottom);
    if (height === 900) expect(footer.bottom).toBeGreaterThan(840);
    // In the middle of what is left, with room on both sides.
    if (height === 900) expect(content.top).toBeGreaterThan(60);
    await page.locator(`${LOGIN} .login-footer`).scrollIntoViewIfNeeded();
    expect((await boxOf(page, `${LOGIN} .login-footer`)).bottom).toBeLessThanOrEqual(height + 1);
  });

  it('while the client starts, one’s own logo shows on one’s own colour, or nothing at all', async () => {
    const tab = (splash: object, more: Situation = {}) =>
      openModdedTab(browser(), modded, { splash }, { javaScriptEnabled: false, ...more });
    const page = await tab({ logo: 'blue.png', size: 20, background: 'rgb(10, 20, 30)' });
    await page.goto(modded.webUrl);
    await page.locator('.splashLogo').waitFor();
    const other = await tab({ logo: 'none' });
    await other.goto(modded.webUrl);
    expect(await other.locator('.splashLogo').isVisible()).toBe(false);
    // The client would be gone on by now if it could run, so another tab reads the picture.
    const reader = await tab({ logo: 'none' }, { javaScriptEnabled: true });
    const own = [10, 20, 30];
    for (const [x, y, colour] of [
      [3, 3, own],
      [1277, 797, own],
      [640, 400, PICTURES.blue],
      [640, 300, own],
    ] as const)
      expect(await colourAt(page, x, y, reader)).toEqual(colour);
  });

  it('the splash screen of the server is hidden, or another picture stands in its place', async () => {
    const page = await open({ splash: { serverPicture: 'hide' } }, { hasSplashScreen: true });
    if (!hasPictureOfServer) return;
    await page.locator(pictureOfServer).waitFor({ state: 'attached' });
    expect(await page.locator(pictureOfServer).isVisible()).toBe(false);
    const other = await open({ splash: { serverPicture: 'red.png' } }, { hasSplashScreen: true });
    await other.locator(pictureOfServer).waitFor();
    expect(await styleOf(other, pictureOfServer, 'backgroundImage')).not.toContain('Splashscreen');
    // Red, as dark as the client makes what lies behind its pages.
    const redness = async () => {
      const [red, green, blue] = await colourAt(other, 2, 790);
      return red - Math.max(green, blue);
    };
    await expect.poll(redness).toBeGreaterThan(8);
    await navigate(other, 'forgotpassword.html');
    await shownPage(other, '#forgotPasswordPage');
  });
});
