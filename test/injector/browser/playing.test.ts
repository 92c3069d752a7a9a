import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openDetails, useFilms } from '../../support/browser/films-screen.ts';
import { navigate, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { FILMS } from '../../support/jellyfin/films.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** Plays a piece as the client does: music of the page that shows, or what a person chose. Gives the volume of the element, and the kept one. */
const playScript = (isTheme: boolean): string => `(async () => {
  const Id = ${JSON.stringify(FILMS.meadow.id)};
  const song = { Id, ServerId: ApiClient.serverId(), Name: 'Song', Type: 'Audio', MediaType: 'Audio', url: '../Audio/' + Id + '/stream.wav' };
  const options = ${isTheme}
    ? { fullscreen: false, items: [{ ...song, playOptions: { fullscreen: false } }] }
    : { items: [song] };
  const playing = new Promise((resolve) => document.addEventListener('playing', resolve, { capture: true, once: true }));
  await window.testPlayback.play(options);
  await playing;
  // Changes of the volume are told in a task of their own.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await new Promise((resolve) => setTimeout(resolve, 0));
  return [Number(document.querySelector('.mediaPlayerAudio').volume.toFixed(6)), localStorage.getItem('volume')];
})()`;

describe.each(MOD_CLIENTS)('while something plays in the web client of Jellyfin %s', (version) => {
  const { open } = useFilms(version, browser, clientFolder);

  it('a paused film says what it is after some seconds, and no more when it goes on', async () => {
    const { page } = await open({ 'pause-screen': { seconds: 1 } });
    await signIn(page, 'alice', 'alice-pw-1');
    await openDetails(page, FILMS.harbour.id);
    await page.locator('#itemDetailPage:not(.hide) .btnPlay').click();
    await shownPage(page, '#videoOsdPage');
    const paused = () => page.evaluate('document.querySelector("video").paused');
    await expect.poll(paused).toBe(false);
    const button = page.locator('#videoOsdPage:not(.hide) .btnPause');
    const panel = page.locator('.pause-screen');
    await button.click();
    await panel.waitFor();
    expect(await panel.innerText()).toMatch(
      /^The Harbour & <Sea>\s+1987\s+A lighthouse keeper finds a letter\.$/,
    );
    // It lies over the film and not over the client's own buttons.
    await button.click();
    await expect.poll(paused).toBe(false);
    await expect.poll(() => panel.count()).toBe(0);
    await button.click();
    await panel.waitFor();
    await page.goBack();
    await shownPage(page, '#itemDetailPage');
    expect(await panel.count()).toBe(0);
  });

  it('theme music is quieter, and neither what is played after it nor the kept volume is', async () => {
    const { page } = await open({ 'theme-music-volume': { volume: 50 } });
    // A plugin of the client's is handed what plays.
    await page.addInitScript(
      'window["playAccessValidation/plugin"] = () => class { constructor(parts) { window.testPlayback = parts.playbackManager; } }',
    );
    await page.reload();
    await signIn(page, 'alice', 'alice-pw-1');
    await page.evaluate('localStorage.setItem("volume", "0.8")');
    const play = (isTheme: boolean) => page.evaluate<[number, string]>(playScript(isTheme));
    expect(await play(true)).toEqual([0.125, '0.8']);
    expect(await play(true)).toEqual([0.125, '0.8']);
    expect(await play(false)).toEqual([0.8, '0.8']);
    expect(await play(true)).toEqual([0.125, '0.8']);
  });

  it('nobody is reminded of an address, and afterwards they are', async () => {
    const { page } = await open({ 'contact-reminder': {} });
    let asked = 0;
    await page.route('**/gatehouse/api/account/reminder', async (route) => {
      asked += 1;
      await route.fulfill({ contentType: 'application/json', body: '{"isWanted":true}' });
    });
    await page.addInitScript(
      'window["playAccessValidation/plugin"] = () => class { constructor(parts) { window.testPlayback = parts.playbackManager; } }',
    );
    await page.reload();
    await signIn(page, 'alice', 'alice-pw-1');
    const line = page.locator('.contact-reminder:visible');
    await line.waitFor();
    await page.evaluate(
      'for (const key of Object.keys(localStorage)) if (key.startsWith("gatehouse-contact-reminder")) localStorage.removeItem(key)',
    );
    const comeHome = async () => {
      await navigate(page, 'search.html');
      await shownPage(page, '#searchPage');
      await navigate(page, 'home.html');
      await shownPage(page, '#indexPage');
    };
    // As the client says while music plays and pages change behind it.
    await page.evaluate(`{
      const { getCurrentPlayer, currentItem } = testPlayback;
      testPlayback.getCurrentPlayer = () => ({});
      testPlayback.currentItem = () => ({ Id: ${JSON.stringify(FILMS.meadow.id)} });
      window.endMusic = () => Object.assign(testPlayback, { getCurrentPlayer, currentItem });
    }`);
    await comeHome();
    expect([asked, await line.count()]).toEqual([1, 0]);
    await page.evaluate('endMusic()');
    await comeHome();
    await line.waitFor();
    expect(asked).toBe(2);
  });
});
