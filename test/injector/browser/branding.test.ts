import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/index.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

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

const themeOf = (page: Page) => page.evaluate('document.documentElement.dataset.theme');
const layoutOf = (page: Page) => page.evaluate('document.documentElement.className');

describe.each(['10.8.13', '10.11.11', '12.0'] as const)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
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
});
