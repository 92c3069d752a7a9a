import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { signOut, useModdedClient } from '../../support/browser/modded-client.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const line = (page: Page) => page.locator('#homeTab > .contact-reminder:visible');

describe.each(MOD_CLIENTS)('the reminder of a contact in the web client of Jellyfin %s', (version) => {
  const { open } = useModdedClient(version, clientFolder, browser);
  const LAYOUTS = version === '12.0' ? ['', 'desktop-legacy'] : [''];

  /** Opens the login page in front of a server that answers the reminder, and keeps what it was asked. */
  async function start({
    layout = '',
    locale = 'en-US',
    answer = () => '{"isWanted":true}' as string | number,
  } = {}): Promise<{ readonly page: Page; readonly asked: unknown[] }> {
    const { page } = await open({ 'contact-reminder': { days: 14 } }, locale);
    const asked: unknown[] = [];
    await page.route('**/gatehouse/api/account/reminder', async (route) => {
      const request = route.request();
      asked.push({
        method: request.method(),
        type: request.headers()['content-type'],
        ...request.postDataJSON(),
      });
      const given = answer();
      if (given === 0) await route.abort();
      else if (typeof given === 'number') await route.fulfill({ status: given, body: '{"isWanted":true}' });
      else await route.fulfill({ contentType: 'application/json', body: given });
    });
    if (layout !== '') {
      await page.evaluate(`localStorage.setItem('layout', ${JSON.stringify(layout)})`);
      await page.reload();
      await shownPage(page, '#loginPage');
    }
    return { page, asked };
  }
  /** Shows another page and then home again. */
  async function comeHome(page: Page): Promise<void> {
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
  }
  /** The same, where there is nothing to ask: whatever is shown is there with the page. */
  async function linesOnReturn(page: Page): Promise<number> {
    await comeHome(page);
    return line(page).count();
  }
  /** Waits until what the server said has come to the page, by what the page keeps of it. */
  const keptAnswers = (page: Page) =>
    page.evaluate<string[]>(
      'Object.keys(localStorage).filter((key) => key.startsWith("gatehouse-contact-reminder-asked")).map((key) => localStorage[key])',
    );
  /** Lets days go by, as far as the page sees them. */
  const moveClock = (page: Page, days: number) => page.clock.setFixedTime(Date.now() + days * 86_400_000);

  it.each(LAYOUTS)('asks with the own token, and leads to My Account; layout "%s"', async (layout) => {
    const { page, asked } = await start({ layout });
    expect(asked).toEqual([]);
    await signIn(page, 'alice', 'alice-pw-1');
    const token = await page.evaluate<string>('ApiClient.accessToken()');
    await line(page).waitFor();
    expect(asked).toEqual([{ method: 'POST', type: 'application/json', token }]);
    const region = page.getByRole('region', { name: 'Add an address' });
    expect(await region.getByRole('status').innerText()).toBe(
      'Add an address, so that you can reset your password yourself.',
    );
    await region.getByRole('button', { name: 'Add' }).press('Enter');
    await page.waitForURL('**/gatehouse/account');
    expect(await page.evaluate('sessionStorage.getItem("gatehouse-token")')).toBe(token);
  });

  it('says of an address that nobody confirmed that it is to be confirmed, not that one be added', async () => {
    const { page } = await start({ answer: () => '{"isWanted":true,"isUnconfirmed":true}' });
    await signIn(page, 'alice', 'alice-pw-1');
    const region = page.getByRole('region', { name: 'not confirmed yet' });
    expect(await region.getByRole('status').innerText()).toBe(
      'Your address is not confirmed yet. Confirm it, so that you can reset your password yourself.',
    );
    expect(await region.getByRole('button').allInnerTexts()).toEqual(['Confirm', 'No thanks']);
    await region.getByRole('button', { name: 'Confirm' }).press('Enter');
    await page.waitForURL('**/gatehouse/account');
  });

  it('comes again after the days, and to nobody who did not want it', async () => {
    const { page, asked } = await start();
    await signIn(page, 'alice', 'alice-pw-1');
    await line(page).waitFor();
    expect(await linesOnReturn(page)).toBe(0);
    await moveClock(page, 13);
    expect(await linesOnReturn(page)).toBe(0);
    expect(asked).toHaveLength(1);
    await moveClock(page, 15);
    await comeHome(page);
    await line(page).waitFor();
    await line(page).getByRole('button', { name: 'No thanks' }).press('Enter');
    expect(await line(page).count()).toBe(0);
    await moveClock(page, 400);
    expect(await linesOnReturn(page)).toBe(0);
    await page.reload();
    await shownPage(page, '#indexPage');
    await signOut(page);
    await signIn(page, 'bob', 'bob-pw-1');
    await line(page).waitFor();
    await signOut(page);
    expect(await page.locator('.contact-reminder').count()).toBe(0);
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await linesOnReturn(page)).toBe(0);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['no', '{"isWanted":false}'],
    ['something else', '{"isWanted":"true"}'],
    ['no JSON', '<html>'],
    ['that there is no such page', 404],
    ['that it is broken', 500],
    ['nothing', 0],
  ] as const)('is not shown when the server says %s, and that is asked once a day', async (_, answer) => {
    const { page, asked } = await start({ answer: () => answer });
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(() => keptAnswers(page)).toHaveLength(1);
    const before = await keptAnswers(page);
    expect(await line(page).count()).toBe(0);
    expect(await linesOnReturn(page)).toBe(0);
    expect(asked).toHaveLength(1);
    await moveClock(page, 1.1);
    await comeHome(page);
    await expect.poll(() => keptAnswers(page)).not.toEqual(before);
    expect(await line(page).count()).toBe(0);
    expect(asked).toHaveLength(2);
  });

  it('is not on television sets', async () => {
    const { page, asked } = await start({ layout: 'tv' });
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await linesOnReturn(page)).toBe(0);
    expect(asked).toEqual([]);
  });

  it('sends no token where the client was led to another server', async () => {
    const { page, asked } = await start({ answer: () => '{"isWanted":false}' });
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(() => keptAnswers(page)).toHaveLength(1);
    await moveClock(page, 2);
    await page.evaluate(`{
      const theirs = ApiClient.serverAddress;
      ApiClient.serverAddress = () => 'https://other.example';
      window.back = () => { ApiClient.serverAddress = theirs; };
    }`);
    expect(await linesOnReturn(page)).toBe(0);
    expect(asked).toHaveLength(1);
    await page.evaluate('back()');
    await comeHome(page);
    await expect.poll(() => asked.length).toBe(2);
  });

  it.each([1280, 375])('covers nothing and fits, %i px wide, from right to left, too', async (width) => {
    const { page } = await start({ locale: 'de-DE' });
    await page.setViewportSize({ width, height: 700 });
    await signIn(page, 'alice', 'alice-pw-1');
    await line(page).waitFor();
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate(`document.documentElement.dir = ${JSON.stringify(direction)}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const box = await line(page).boundingBox();
      const bar = await page
        .locator('.skinHeader, .MuiAppBar-root')
        .filter({ visible: true })
        .first()
        .boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0) - 1);
      for (const name of ['Eintragen', 'Nein danke']) {
        const button = line(page).getByRole('button', { name });
        await button.focus();
        const place = await button.boundingBox();
        if (place === null) throw new Error('The button is not there.');
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(width);
        const middle = [place.x + place.width / 2, place.y + place.height / 2].join();
        expect(await page.evaluate(`document.elementFromPoint(${middle}).textContent`)).toBe(name);
      }
    }
  });
});
