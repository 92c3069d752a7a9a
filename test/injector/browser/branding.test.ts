import { globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** What stands beside config.yaml: a red picture, and a folder with a font that can be drawn. */
let filesFolder: string;
beforeAll(async () => {
  filesFolder = await mkdtemp(join(tmpdir(), 'gatehouse-branding-'));
  const red = sharp({ create: { width: 600, height: 600, channels: 3, background: '#c81e1e' } });
  await writeFile(join(filesFolder, 'red.png'), await red.png().toBuffer());
  await mkdir(join(filesFolder, 'fonts'));
  const [font] = globSync('node_modules/playwright-core/lib/**/codicon*.ttf');
  if (font === undefined) throw new Error('There is no font in playwright-core any more; take another.');
  for (const name of ['Signs-Regular.ttf', 'Signs-BoldItalic.ttf'])
    await copyFile(font, join(filesFolder, 'fonts', name));
});
afterAll(() => rm(filesFolder, { recursive: true }));

/** Red, green and blue in the left of an element as it is drawn, where a logo stands. */
async function colourOf(element: Locator): Promise<number[]> {
  const { data, info } = await sharp(await element.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.min(8, Math.floor(info.width / 2))) * 3;
  return [...data.subarray(at, at + 3)];
}

/** Widths of pictures as the browser decodes them. */
function widthsOf(page: Page, addresses: readonly string[]): Promise<number[]> {
  return page.evaluate(`Promise.all(${JSON.stringify(addresses)}.map((address) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(image.naturalWidth);
    image.onerror = () => done(0);
    image.src = address;
  })))`);
}

const TELEVISION = 'Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4.0) TV Safari/538.1';
const TELEPHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36';

/** The options of mods by name, as below `mods:` in `config.yaml`. */
function chosen(options: Record<string, unknown>) {
  return MODS.filter(({ name }) => name in options).map((mod) => ({ mod, options: options[mod.name] }));
}

/** What the client is told a setting of the person who is signed in is. */
function settingOfPerson(page: Page, name: string): Promise<string | null> {
  return page.evaluate(`localStorage.getItem(ApiClient.getCurrentUserId() + '-${name}')`);
}

/** By its stylesheet: what stands at `<html>` is also written by Material UI, for its own colours. */
const themeOf = (page: Page) =>
  page.evaluate<string | undefined>(
    `(document.querySelector('link[href*="themes/"]')?.getAttribute('href') ?? '').split('/').slice(-2)[0]`,
  );
const layoutOf = (page: Page) => page.evaluate('document.documentElement.className');

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { filesFolder });
  });
  afterAll(() => modded.close());

  async function open(options: Record<string, unknown>, more: BrowserContextOptions = {}) {
    await modded.switchOn(chosen(options));
    const screen = await openJellyfin(browser(), modded.webUrl, 'en-US', more);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
    });
    return screen;
  }

  it('client-defaults hold before and after signing in, and for the next person', async () => {
    const { page } = await open({
      'client-defaults': { appTheme: 'light', language: 'de', libraryPageSize: 50, enableAutoLogin: false },
    });
    await expect.poll(() => themeOf(page)).toBe('light');
    expect(await page.locator('#loginPage:not(.hide) .btnForgotPassword').innerText()).toMatch(/vergessen/i);
    expect(await page.locator('#loginPage:not(.hide) .chkRememberLogin').isChecked()).toBe(false);
    for (const name of ['alice', 'bob']) {
      await signIn(page, name, `${name}-pw-1`);
      expect(await themeOf(page), name).toBe('light');
      expect(await settingOfPerson(page, 'libraryPageSize'), name).toBe('50');
      await page.evaluate('void Dashboard.logout()');
      await shownPage(page, '#loginPage');
    }
    const kept = await page.evaluate<string[]>('Object.keys(localStorage)');
    expect(kept.filter((name) => /theme|language|pagesize/i.test(name))).toEqual([]);
  });

  it('a person’s own choice stays, except against a forced default, and is not the next person’s', async () => {
    const options = { appTheme: 'light', enableBackdrops: { value: true, force: true } };
    const { page } = await open({ 'client-defaults': options });
    await signIn(page, 'alice', 'alice-pw-1');
    await page.evaluate(`for (const [name, value] of [['appTheme', 'wmc'], ['enableBackdrops', 'false']])
      localStorage.setItem(ApiClient.getCurrentUserId() + '-' + name, value)`);
    await page.reload();
    await shownPage(page, '#indexPage');
    await expect.poll(() => themeOf(page)).toBe('wmc');
    expect(await settingOfPerson(page, 'enableBackdrops')).toBe('true');
    await page.evaluate('void Dashboard.logout()');
    await shownPage(page, '#loginPage');
    await signIn(page, 'bob', 'bob-pw-1');
    await expect.poll(() => themeOf(page)).toBe('light');
  });

  it.each([
    ['legacy', undefined, 'layout-desktop', false],
    ['modern', undefined, 'layout-desktop', version !== '10.8.13'],
    ['legacy', TELEPHONE, 'layout-mobile', false],
    ['legacy', TELEVISION, 'layout-tv', false],
  ] as const)('layout: %s shows with the agent %s', async (layout, userAgent, mark, isModern) => {
    const { page } = await open({ 'client-defaults': { layout } }, userAgent ? { userAgent } : {});
    expect(await layoutOf(page)).toContain(mark);
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await page.locator('.MuiAppBar-root').count()).toBe(isModern ? 1 : 0);
    expect(await page.locator('.skinHeader').isVisible()).toBe(!isModern);
  });

  it('app-name is in the page and in the manifest it links, whatever the theme, and page-title beside it', async () => {
    const app = { name: 'Ada’s films', shortName: 'Films', themeColor: '#201030' };
    const { page } = await open({ 'app-name': app, 'page-title': { title: 'Cinema' } });
    await expect.poll(() => themeOf(page)).toBe('dark');
    const meta = (name: string) =>
      page.locator(`head > meta[name="${name}"]`).first().getAttribute('content');
    expect(await meta('application-name')).toBe('Ada’s films');
    expect(await meta('apple-mobile-web-app-title')).toBe('Films');
    expect(await meta('theme-color')).toBe('#201030');
    expect(await page.title()).toBe('Cinema');
    const manifest = await page.evaluate(
      "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())",
    );
    const wanted = { name: 'Ada’s films', short_name: 'Films', theme_color: '#201030' };
    expect(manifest).toMatchObject({ ...wanted, background_color: '#101010', display: 'standalone' });
  });

  it('icons are those of one picture in tab, telephone, installed app, bar and start', async () => {
    const { page } = await open({ icons: { picture: 'red.png' }, 'app-name': { name: 'Films' } });
    const linked = await page.evaluate<string[]>(
      `['shortcut icon', 'apple-touch-icon'].map((rel) => document.querySelector('link[rel="' + rel + '"]').href)`,
    );
    expect(await widthsOf(page, linked)).toEqual([expect.toBeOneOf([16, 32, 48]), 180]);
    expect(await page.locator('link[rel="apple-touch-startup-image"]').count()).toBe(0);
    const manifest = await page.evaluate<{ icons: { src: string; sizes: string }[] }>(
      "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())",
    );
    const widths = await widthsOf(
      page,
      manifest.icons.map(({ src }) => src),
    );
    expect(widths.map((width) => `${width}x${width}`)).toEqual(manifest.icons.map(({ sizes }) => sizes));
    expect(widths).toEqual([72, 114, 144, 192, 512]);
    const splash = await page.evaluate<string>(
      `getComputedStyle(document.body.appendChild(Object.assign(document.createElement('div'), { className: 'splashLogo' }))).backgroundImage`,
    );
    expect(await widthsOf(page, [splash.slice(5, -2)])).toEqual([512]);
    await page.evaluate("document.querySelector('body > .splashLogo').remove()");
    await signIn(page, 'alice', 'alice-pw-1');
    const logo = page
      .locator('.MuiAppBar-root a[href="#/"] img, .pageTitleWithDefaultLogo')
      .filter({ visible: true });
    await expect.poll(() => colourOf(logo.first())).toEqual([200, 30, 30]);
  });

  it('fonts reach text, headings and buttons, each file in its own weight, and leave icons alone', async () => {
    const { page } = await open({ fonts: { folder: 'fonts' } });
    await signIn(page, 'alice', 'alice-pw-1');
    const familyOf = (selector: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).fontFamily`);
    for (const selector of [
      '#indexPage',
      '#indexPage h2',
      version === '12.0' ? '.MuiButton-root' : '.emby-button',
    ])
      expect(await familyOf(selector), selector).toMatch(/^"?Signs"?, "Noto Sans"/);
    const icon = version === '12.0' ? '.material-icons' : '.skinHeader .material-icons';
    expect(await familyOf(icon)).toBe('"Material Icons"');
    const faces = () =>
      page.evaluate<string[]>(
        '[...document.fonts].filter(({ family }) => /Signs/.test(family)).map((face) => [face.weight, face.style, face.display, face.status].join())',
      );
    await expect.poll(faces).toContain('400,normal,swap,loaded');
    expect((await faces()).some((face) => face.startsWith('700,italic,swap'))).toBe(true);
  });
});
