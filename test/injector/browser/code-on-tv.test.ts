import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { qrSvg } from '../../../server/qr/qr-code.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { shownPage } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useModdedClient } from '../../support/browser/modded-client.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { readQr } from '../../support/files/read-qr.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** The small client beside the fake Jellyfin knows no arrow keys; a built one, which may be in its place, does. */
const NEXT_KEY = process.env['JELLYFIN_WEB_DIR'] === undefined ? 'Tab' : 'ArrowRight';

const ADDRESS = 'https://films.example.org/gatehouse/account';

describe.each(MOD_CLIENTS)('on a television set, Forgot Password of Jellyfin %s', (version) => {
  const { open, webUrl } = useModdedClient(version, clientFolder, browser);

  async function openLogin(show: string, layout = 'tv'): Promise<Page> {
    const { page } = await open({ 'forgot-password': { show } });
    await page.route('**/gatehouse/account.svg', (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: qrSvg(ADDRESS, { below: ADDRESS }) }),
    );
    await page.evaluate(`localStorage.setItem('layout', ${JSON.stringify(layout)})`);
    await page.reload();
    await shownPage(page, '#loginPage');
    return page;
  }
  const button = (page: Page) => page.locator('#loginPage:not(.hide) .btnForgotPassword');
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Forgot your password?' });
  const focused = (page: Page) => page.evaluate('document.activeElement.textContent.trim()');
  async function press(page: Page): Promise<void> {
    await button(page).waitFor();
    await button(page).press('Enter');
    await dialog(page).waitFor();
  }

  it.each(['check-your-messages', 'account', 'pin-page'])(
    'with %s shows a code that a camera reads, whole in the window, and Back closes it',
    async (show) => {
      const page = await openLogin(show);
      await press(page);
      const picture = dialog(page).getByRole('img');
      const isThere = 'document.querySelector(".forgot-password-code img").naturalWidth > 0';
      await expect.poll(() => page.evaluate(isThere)).toBe(true);
      const box = await picture.boundingBox();
      expect(box?.height).toBeGreaterThan(250);
      expect(Math.min(box?.x ?? -1, box?.y ?? -1)).toBeGreaterThanOrEqual(0);
      expect(await readQr(await page.screenshot())).toBe(ADDRESS);
      expect(await picture.getAttribute('alt')).toBe(webUrl().replace('web/index.html', 'gatehouse/account'));
      for (const name of ['Close', 'Go on here']) {
        const place = await dialog(page).getByRole('button', { name }).boundingBox();
        expect((place?.y ?? 9999) + (place?.height ?? 0)).toBeLessThanOrEqual(720);
      }
      await page.goBack();
      await expect.poll(() => dialog(page).count()).toBe(0);
      await shownPage(page, '#loginPage');
      expect(await page.locator('#forgotPasswordPage:not(.hide)').count()).toBe(0);
    },
  );

  it('is worked with the keys of a remote control: the first closes, Escape too, the second goes on to the form', async () => {
    const page = await openLogin('check-your-messages');
    await press(page);
    await expect.poll(() => focused(page)).toBe('Close');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog(page).count()).toBe(0);
    await expect.poll(() => focused(page)).toBe(await button(page).innerText());
    await press(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog(page).count()).toBe(0);
    await shownPage(page, '#loginPage');
    await press(page);
    await expect.poll(() => focused(page)).toBe('Close');
    await page.keyboard.press(NEXT_KEY);
    await expect.poll(() => focused(page)).toBe('Go on here');
    await page.keyboard.press('Enter');
    await shownPage(page, '#forgotPasswordPage');
    expect(await dialog(page).count()).toBe(0);
  });

  it('leads on to My Account on the set itself, with the name that was typed', async () => {
    const page = await openLogin('account');
    await page.locator('#loginPage:not(.hide) #txtManualName').fill('dora');
    await press(page);
    await dialog(page).getByRole('button', { name: 'Go on here' }).click();
    await page.waitForURL('**/gatehouse/account');
    expect(await page.evaluate('sessionStorage.getItem("gatehouse-name")')).toBe('dora');
  });

  it.each([
    ['check-your-messages', '#forgotPasswordPage:not(.hide)'],
    ['account', 'text=own page /account'],
  ])('with %s shows no code elsewhere', async (show, next) => {
    const page = await openLogin(show, 'desktop');
    await button(page).click();
    await page.locator(next).waitFor();
    expect(await dialog(page).count()).toBe(0);
  });
});
