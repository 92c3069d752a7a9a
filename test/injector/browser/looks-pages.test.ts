import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openDetails, signOut, styleOf, useFilms } from '../../support/browser/films-screen.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { FILMS } from '../../support/jellyfin/films.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const OFF = 'Switch the seasonal effect off';
const ON = 'Switch the seasonal effect on';

/** How many dots of the sky are not clear. */
const DRAWN = `(() => {
  const sky = document.querySelector('canvas.seasons-sky');
  const { data } = sky.getContext('2d').getImageData(0, 0, sky.width, sky.height);
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) drawn += 1;
  return drawn;
})()`;

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  const { open, switchOn } = useFilms(version, browser, clientFolder);

  it('the logo of a film stands where its title was, and the title is still read aloud', async () => {
    const { page } = await open({ 'details-logo': { height: 4 } });
    await signIn(page, 'alice', 'alice-pw-1');
    await openDetails(page, FILMS.harbour.id);
    const details = page.locator('#itemDetailPage:not(.hide)');
    const logo = details.locator('img.details-logo');
    await logo.waitFor();
    expect(await logo.getAttribute('src')).toContain(`${FILMS.harbour.id}/Images/Logo`);
    expect((await details.locator('h1').boundingBox())?.height).toBe(1);
    expect(await details.locator('.infoWrapper').ariaSnapshot()).toContain(FILMS.harbour.name);
    expect(await details.locator('.detailLogo').isVisible()).toBe(false);

    await openDetails(page, FILMS.plain.id);
    const title = page.locator('#itemDetailPage:not(.hide) h1');
    await expect.poll(() => title.innerText()).toBe('Plain');
    expect((await title.boundingBox())?.height).toBeGreaterThan(10);
    expect(await logo.isVisible()).toBe(false);
    await page.goBack();
    await expect.poll(() => details.locator('h1').innerText()).toBe(FILMS.harbour.name);
    await logo.waitFor();
    expect(await logo.count()).toBe(1);
  });

  it('featured items show in their order, by keyboard, and lead to their page', async () => {
    const show = [FILMS.secret.id, FILMS.harbour.id, FILMS.plain.id];
    const { page } = await open({ featured: { show, seconds: 0, title: 'Our <picks>' } });
    await signIn(page, 'alice', 'alice-pw-1');
    const section = page.getByRole('region', { name: 'Our <picks>' });
    await section.waitFor();
    const slide = section.locator('.featured-slide:not([hidden])');
    expect(await slide.locator('h3').innerText()).toBe('Secret');
    const picture = "document.querySelector('.featured-slide:not([hidden]) img')";
    await expect.poll(() => page.evaluate(`${picture}.naturalWidth`)).toBeGreaterThan(0);
    await section.getByRole('button', { name: 'Next' }).press('Enter');
    expect(await slide.locator('h3').innerText()).toBe(`${FILMS.harbour.name} (1987)`);
    expect(await slide.locator('p').innerText()).toBe(FILMS.harbour.overview);
    const behind = "document.querySelector('#homeTab > .featured + .sections') !== null";
    expect(await page.evaluate(behind)).toBe(true);
    await slide.press('Enter');
    await shownPage(page, '#itemDetailPage');
    await expect
      .poll(() => page.locator('#itemDetailPage:not(.hide) h1').innerText())
      .toBe(FILMS.harbour.name);
    await page.goBack();
    await shownPage(page, '#indexPage');
    await section.waitFor();
    expect(await section.count()).toBe(1);
  });

  it('nobody sees featured items that Jellyfin keeps from them, nor those of the person before', async () => {
    const { page } = await open({ featured: { show: FILMS.collection.id, seconds: 0 } });
    const names = () => page.locator('#indexPage:not(.hide) .featured h3').allTextContents();
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(names).toEqual(['Meadow (2003)', 'Secret']);
    await signOut(page);
    expect(await page.locator('.featured').count()).toBe(0);
    await signIn(page, 'bob', 'bob-pw-1');
    await expect.poll(names).toEqual(['Meadow (2003)']);
    expect(await page.locator('.featured button').count()).toBe(0);
  });

  it('featured items change by themselves until somebody stops them; a list that is kept from a person is not there', async () => {
    const { page } = await open({ featured: { show: FILMS.playlist.id } });
    await signIn(page, 'bob', 'bob-pw-1');
    await page.locator('.card[data-type=Movie]').first().waitFor();
    expect(await page.locator('.featured').count()).toBe(0);

    await page.clock.install();
    await switchOn({ featured: {} });
    await page.reload();
    const first = page.locator('.featured-slide:not([hidden]) h3');
    await expect.poll(() => first.innerText()).toBe(`${FILMS.harbour.name} (1987)`);
    await page.clock.runFor(8_500);
    expect(await first.innerText()).toBe('Meadow (2003)');
    await page.getByRole('button', { name: 'Stop changing' }).click();
    const focused = () => page.evaluate('document.activeElement.title');
    expect(await focused()).toBe('Next');
    await page.evaluate('document.activeElement.blur()');
    await page.clock.runFor(30_000);
    expect(await first.innerText()).toBe('Meadow (2003)');
  });

  it('a season passes over the pages, not over a film, and stays off for who switches it off', async () => {
    const { page } = await open({ seasons: { amount: 'many' } });
    await page.clock.setFixedTime('2026-12-24T18:00:00');
    await page.reload();
    await signIn(page, 'alice', 'alice-pw-1');
    const sky = page.locator('canvas.seasons-sky');
    await sky.waitFor();
    expect(await sky.getAttribute('aria-hidden')).toBe('true');
    expect(await styleOf(page, 'canvas.seasons-sky', 'pointer-events')).toBe('none');
    await expect.poll(() => page.evaluate(DRAWN)).toBeGreaterThan(0);
    await openDetails(page, FILMS.harbour.id);
    expect(await sky.count()).toBe(1);
    await page.locator('#itemDetailPage:not(.hide) .btnPlay').click();
    await shownPage(page, '#videoOsdPage');
    expect(await page.locator('.seasons-sky, .seasons-switch').count()).toBe(0);
    await page.goBack();
    await sky.waitFor();
    await page.getByRole('button', { name: OFF }).press('Enter');
    expect(await page.locator('.seasons-sky, .seasons-switch').count()).toBe(0);
    await page.reload();
    await shownPage(page, '#itemDetailPage');
    expect(await sky.count()).toBe(0);
    await signOut(page);
    await signIn(page, 'bob', 'bob-pw-1');
    await sky.waitFor();
  });

  it('who has switched a season off finds it again in the settings, and before signing in where it was', async () => {
    const { page } = await open({ seasons: { rules: [{ effect: 'snow', from: '01-01', until: '12-31' }] } });
    await page.clock.setFixedTime('2026-12-24T18:00:00');
    await page.reload();
    const sky = page.locator('canvas.seasons-sky');
    await sky.waitFor();
    await page.getByRole('button', { name: OFF }).press('Enter');
    expect(await sky.count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: ON }).press('Enter');
    await sky.waitFor();
    await page.getByRole('button', { name: OFF }).press('Enter');

    await signIn(page, 'alice', 'alice-pw-1');
    await sky.waitFor();
    await page.getByRole('button', { name: OFF }).click();
    expect(await page.locator('.seasons-sky, .seasons-switch').count()).toBe(0);
    await page.reload();
    await shownPage(page, '#indexPage');
    await navigate(page, 'mypreferencesmenu.html');
    await shownPage(page, '#myPreferencesMenuPage');
    const entry = page.locator('#myPreferencesMenuPage:not(.hide) .seasons-entry');
    expect(await entry.innerText()).toContain(ON);
    expect(await sky.count()).toBe(0);
    const neighbour = page.locator('#myPreferencesMenuPage:not(.hide) a:is(.lnkUserProfile, .lnkMyProfile)');
    expect((await entry.boundingBox())?.height).toBe((await neighbour.boundingBox())?.height);
    await entry.press('Enter');
    await sky.waitFor();
    expect(await entry.innerText()).toContain(OFF);
    await page.goBack();
    await shownPage(page, '#indexPage');
    expect(await page.locator('.seasons-sky, .seasons-switch').count()).toBe(2);
    await page.clock.setFixedTime('2026-12-31T12:00:00');
    await navigate(page, 'mypreferencesmenu.html');
    await shownPage(page, '#myPreferencesMenuPage');
    expect(await entry.count()).toBe(0);
  });

  it('no season passes out of season, for who wants less motion, and on television sets', async () => {
    const rules = [{ effect: 'bats', from: '10-01', until: '06-01' }];
    const { page } = await open({ seasons: { rules } });
    await page.clock.setFixedTime('2026-06-01T12:00:00');
    await page.reload();
    await signIn(page, 'alice', 'alice-pw-1');
    const parts = page.locator('.seasons-sky, .seasons-switch');
    expect(await parts.count()).toBe(0);
    await page.clock.setFixedTime('2027-01-01T12:00:00');
    const shownAgain = async () => {
      await page.reload();
      await shownPage(page, '#indexPage');
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await shownAgain();
    expect(await parts.count()).toBe(0);
    await page.emulateMedia({ reducedMotion: null });
    await shownAgain();
    expect(await parts.count()).toBe(2);
    await page.evaluate("localStorage.setItem('layout', 'tv')");
    await shownAgain();
    expect(await parts.count()).toBe(0);
  });
});
