import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { signOut, useModdedClient } from '../../support/browser/modded-client.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  const { open, webUrl } = useModdedClient(version, clientFolder, browser);

  it('logo-link leads from the logo, by mouse and keyboard', async () => {
    const elsewhere = webUrl().replace('/web/index.html', '/gatehouse/elsewhere');
    const { page } = await open({ 'logo-link': { to: elsewhere } });
    await signIn(page, 'alice', 'alice-pw-1');
    const logo =
      version === '12.0'
        ? page.locator('.MuiAppBar-root a[href="#/"]')
        : page.locator('.skinHeader').getByRole('link', { name: 'Test Server' });
    await logo.press('Enter');
    await page.waitForURL(elsewhere);
    await page.goBack();
    await shownPage(page, '#indexPage');
    if (version !== '12.0') {
      await navigate(page, 'search.html');
      await shownPage(page, '#searchPage');
      await expect.poll(() => logo.count()).toBe(0);
      await navigate(page, 'home.html');
      await shownPage(page, '#indexPage');
    }
    await logo.click();
    await page.waitForURL(elsewhere);
  });

  it('home-tab shows its page below the bar until something else is chosen', async () => {
    // Files of Jellyfin's let themselves be framed; pages of ours do not.
    const url = './manifest.json?a=b';
    const name = { en: 'Requests', de: 'Wünsche' };
    const { page } = await open({ 'home-tab': { name, url, icon: 'playlist_add' } }, 'de-DE');
    await signIn(page, 'alice', 'alice-pw-1');
    const entry = page.locator('.home-tab-entry:visible').getByText('Wünsche');
    const home = page.locator('#indexPage:not(.hide)');
    const panel = page.locator('.home-tab-panel');
    await entry.click();
    const frame = page.frameLocator('iframe[title="Wünsche"][referrerpolicy="no-referrer"]');
    await expect.poll(() => frame.locator('body').innerText()).toContain('start_url');
    expect(await home.isVisible()).toBe(false);
    const { top, bottom } = await page.evaluate<{ top: number; bottom: number }>(
      'document.querySelector(".home-tab-panel").getBoundingClientRect().toJSON()',
    );
    expect(top).toBeGreaterThan(30);
    expect(bottom).toBe(720);
    const link = panel.getByRole('link', { name: 'Nichts zu sehen? In neuem Tab öffnen' });
    expect(await link.getAttribute('href')).toBe(url);
    const favorites = page
      .locator('.skinHeader, .MuiAppBar-root')
      .getByText('Favoriten')
      .filter({ visible: true });
    await favorites.click();
    await home.locator('#favoritesTab').waitFor({ state: 'attached' });
    expect(await panel.count()).toBe(0);
    await expect.poll(() => home.locator('#favoritesTab.is-active').count()).toBe(1);
    await entry.click();
    await signOut(page);
    expect(await page.locator('.home-tab-panel, .home-tab-entry').count()).toBe(0);
    await signIn(page, 'bob', 'bob-pw-1');
    await entry.waitFor();
    expect(await panel.count()).toBe(0);
  });

  it('hide takes parts out of sight on their own pages only', async () => {
    const parts = [
      'quick-connect',
      'cast',
      'my-media-title',
      'favorites',
      'trailers',
      'show-suggestions',
      'upcoming',
    ];
    const { page } = await open({ hide: { parts } });
    const texts = async (selector: string) =>
      (await page.locator(selector).filter({ visible: true }).allInnerTexts()).map((text) => text.trim());
    await page.locator('#loginPage .btnQuick:not(.hide)').waitFor({ state: 'attached' });
    expect(await texts('#loginPage .btnQuick')).toEqual([]);
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await texts('.headerCastButton, [aria-controls="app-remote-play-menu"]')).toEqual([]);
    expect(await texts('.headerSyncButton, [aria-controls="app-sync-play-menu"]')).toHaveLength(1);
    expect(await texts('[href="#/home?tab=1"]')).toEqual([]);
    const tabs = () => texts('.headerTabs .emby-tab-button');
    if (version === '12.0') return;
    expect(await tabs()).toEqual(['Home']);
    await navigate(page, version === '10.8.13' ? 'movies.html' : 'movies');
    await shownPage(page, '#moviesPage');
    await expect.poll(tabs).toEqual(['Movies', 'Suggestions', 'Favorites', 'Collections', 'Genres']);
    await navigate(page, version === '10.8.13' ? 'tv.html' : 'tv');
    await shownPage(page, '#tvRecommendedPage');
    await expect.poll(tabs).toEqual(['Shows', 'Genres', 'TV Networks', 'Episodes']);
  });
});
