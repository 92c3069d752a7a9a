import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { signOut, useModdedClient } from '../../support/browser/modded-client.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** What toasts of the client say at the moment. */
const toasts = (page: Page) => page.locator('.toast').allInnerTexts();

/** An hour from now, or before it, as clocks of UTC say it. */
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  const { open, switchOn } = useModdedClient(version, clientFolder, browser);

  it('toast speaks once to each person, in their language, and not again at the next start', async () => {
    const text = { en: 'Film night', de: 'Filmabend <b>' };
    const { page } = await open({ toast: { text, times: 'once' } }, 'de-DE');
    expect(await toasts(page)).toEqual([]);
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(() => toasts(page)).toEqual(['Filmabend <b>']);
    await page.reload();
    await shownPage(page, '#indexPage');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    expect(await toasts(page)).toEqual([]);
    await signOut(page);
    await signIn(page, 'bob', 'bob-pw-1');
    await expect.poll(() => toasts(page)).toEqual(['Filmabend <b>']);
  });

  it('an announcement stays until it is closed, by each person for themselves', async () => {
    const text = { en: 'New <films>\nSee below', de: 'Neue Filme' };
    const { page } = await open({
      announcement: { title: 'News', text, until: '2999-01-01' },
      toast: { text: 'Hello', at: 'sign-in', times: 'always' },
    });
    const box = page.locator('#homeTab > .announcement:visible');
    expect(await box.count()).toBe(0);
    await signIn(page, 'alice', 'alice-pw-1');
    await box.waitFor();
    expect(await box.locator('.announcement-body').innerText()).toBe('News\nNew <films>\nSee below');
    expect(await page.evaluate('getComputedStyle(document.querySelector(".announcement")).display')).toBe(
      'flex',
    );
    await expect.poll(() => toasts(page)).toEqual(['Hello']);
    await page.setViewportSize({ width: 375, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await box.getByRole('button', { name: 'Close' }).press('Enter');
    await page.reload();
    await shownPage(page, '#indexPage');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
    expect(await box.count()).toBe(0);
    // Who was signed in before did not sign in now.
    expect(await toasts(page)).toEqual([]);
    await signOut(page);
    expect(await page.locator('.announcement').count()).toBe(0);
    await signIn(page, 'bob', 'bob-pw-1');
    await box.waitFor();
  });

  it('an announcement that is over is not shown, and maintenance to come is told before signing in and after', async () => {
    const start = inHours(2);
    const { page } = await open({
      announcement: { text: 'Old', until: '2020-01-01' },
      maintenance: { start, end: inHours(4), timeZone: 'UTC', page: true },
    });
    const notice = page.locator('.page:not(.hide) .maintenance');
    await notice.waitFor();
    const words = await notice.locator('.maintenance-body').innerText();
    expect(words).toMatch(/^This server will be away from .*:.* until .*:.*\.$/);
    await signIn(page, 'alice', 'alice-pw-1');
    await notice.waitFor();
    expect(await page.locator('.announcement, .maintenance-page').count()).toBe(0);
    await notice.getByRole('button', { name: 'Close' }).click();
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
    expect(await notice.count()).toBe(0);
  });

  it('a page of its own stands before the client meanwhile, lets administrators on, and ends by itself', async () => {
    const { page } = await open({ toast: { text: 'Hello' } });
    await switchOn({
      maintenance: { start: inHours(-1), end: inHours(3), timeZone: 'UTC', page: true, text: 'New disks.' },
    });
    await page.reload();
    const cover = page.locator('.maintenance-page');
    await cover.waitFor();
    expect(await cover.locator('p').innerText()).toBe('New disks.');
    const size = await cover.boundingBox();
    expect(size).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
    expect(await page.locator('#loginPage').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Sign in as an administrator' }).click();
    await signIn(page, 'admin', 'admin-pw-1');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    expect(await cover.count()).toBe(0);
    await page.evaluate('void Dashboard.logout()');
    await page.getByRole('button', { name: 'Sign in as an administrator' }).click();
    await page.clock.install();
    await page.locator('#loginPage:not(.hide) #txtManualName').fill('alice');
    await page.locator('#loginPage:not(.hide) #txtManualPassword').fill('alice-pw-1');
    await page.locator('#loginPage:not(.hide) .button-submit').click();
    await page.locator('#indexPage:not(.hide)').waitFor({ state: 'attached' });
    await cover.waitFor();
    expect(await cover.locator('button').count()).toBe(0);
    await page.clock.fastForward('03:30:00');
    await expect.poll(() => cover.count()).toBe(0);
    await shownPage(page, '#indexPage');
  });
});
