import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { signOut, useModdedClient } from '../../support/browser/modded-client.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const tokenOf = (page: Page) => page.evaluate<string>('ApiClient.accessToken()');
const handedTo = (page: Page) => page.evaluate<string | null>('sessionStorage.getItem("gatehouse-token")');

describe.each(MOD_CLIENTS)('the ways to My Account in the web client of Jellyfin %s', (version) => {
  const { open } = useModdedClient(version, clientFolder, browser);
  const LAYOUTS = version === '12.0' ? ['', 'desktop-legacy', 'tv'] : ['', 'tv'];

  async function openIn(layout: string, locale?: string): Promise<Page> {
    const { page } = await open({ 'account-entry': {} }, locale);
    if (layout !== '') {
      await page.evaluate(`localStorage.setItem('layout', ${JSON.stringify(layout)})`);
      await page.reload();
      await shownPage(page, '#loginPage');
    }
    return page;
  }
  async function openSettings(page: Page, query = ''): Promise<void> {
    await navigate(page, `mypreferencesmenu.html${query}`);
    await shownPage(page, '#myPreferencesMenuPage');
  }
  const entry = (page: Page, name = 'Password recovery') =>
    page.locator('#myPreferencesMenuPage:not(.hide)').getByRole('button', { name });

  /** Presses what leads there, and answers the address and the token that was handed over. */
  async function follow(page: Page, press: () => Promise<void>): Promise<[string, string | null]> {
    const asked = page.waitForRequest((request) => request.url().includes('/gatehouse/account'));
    await press();
    const request = await asked;
    await page.waitForURL('**/gatehouse/account');
    expect(await page.textContent('body')).toBe('own page /account');
    return [new URL(request.url()).pathname + new URL(request.url()).search, await handedTo(page)];
  }

  it.each(LAYOUTS)('the settings lead there by keyboard, signed in; layout "%s"', async (layout) => {
    const page = await openIn(layout);
    await signIn(page, 'alice', 'alice-pw-1');
    const token = await tokenOf(page);
    await openSettings(page);
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
    expect(await handedTo(page)).toBeNull();
    await openSettings(page);
    expect(await entry(page).count()).toBe(1);
    await entry(page).focus();
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toContain('Password recovery');
    expect(await follow(page, () => page.keyboard.press('Enter'))).toEqual(['/gatehouse/account', token]);
    expect(token).toMatch(/^[\w-]{16,}$/);
    expect(page.url()).not.toContain(token);
    // What was handed to a page that did not take it is gone with the next start of the client.
    await page.goBack();
    await shownPage(page, '#myPreferencesMenuPage');
    await page.reload();
    await shownPage(page, '#myPreferencesMenuPage');
    expect(await handedTo(page)).toBeNull();
  });

  it('the settings of somebody else do not, and each person finds it in their language', async () => {
    const page = await openIn('', 'de-DE');
    await signIn(page, 'alice', 'alice-pw-1');
    const other = await page.evaluate<string>('ApiClient.getCurrentUserId()');
    await openSettings(page, `?userId=${other}`);
    await entry(page, 'Passwort-Wiederherstellung').waitFor();
    await signOut(page);
    await signIn(page, 'admin', 'admin-pw-1');
    await openSettings(page, `?userId=${other}`);
    await page.locator('#myPreferencesMenuPage:not(.hide) a.listItem-border').first().waitFor();
    expect(page.url()).toContain(other);
    expect(await page.locator('.account-entry:visible').count()).toBe(0);
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
    await openSettings(page);
    await entry(page, 'Passwort-Wiederherstellung').waitFor();
  });

  it('a client that was led to another server shows no way, so that no token of that one comes here', async () => {
    const page = await openIn('');
    await signIn(page, 'alice', 'alice-pw-1');
    await page.evaluate(`{
      const theirs = ApiClient.serverAddress;
      ApiClient.serverAddress = () => 'https://other.example';
      window.back = () => { ApiClient.serverAddress = theirs; };
    }`);
    await openSettings(page);
    await page.locator('#myPreferencesMenuPage:not(.hide) a.listItem-border').first().waitFor();
    expect(await page.locator('.account-entry').count()).toBe(0);
    await page.evaluate('back()');
  });

  if (version !== '12.0') return;
  it('the menu of the person leads there in the modern layout', async () => {
    const page = await openIn('');
    await signIn(page, 'alice', 'alice-pw-1');
    const token = await tokenOf(page);
    const opener = page.locator('[aria-controls="app-user-menu"]');
    const menu = page.locator('#app-user-menu');
    await opener.click();
    const item = menu.getByRole('menuitem', { name: 'Password recovery' });
    await item.waitFor();
    expect(await item.count()).toBe(1);
    expect(await menu.getByRole('menuitem').nth(2).innerText()).toBe('Password recovery');
    expect(await follow(page, () => item.click())).toEqual(['/gatehouse/account', token]);
  });
});
