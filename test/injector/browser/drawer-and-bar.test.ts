import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openJellyfin, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { plainPng } from '../../support/files/plain-png.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const BEFORE = `(() => {
  const { height, backgroundImage } = getComputedStyle(document.querySelector('.mainDrawer-scrollContainer'), '::before');
  return { height, address: backgroundImage.slice(5, -2) };
})()`;

/** A bar as the client has it while music plays. */
const MUSIC_BAR = `
  document.body.insertAdjacentHTML('beforeend',
    '<div class="appfooter" style="position: fixed; left: 0; right: 0; bottom: 0; height: 60px">' +
    '<div class="nowPlayingBar"><button type="button" class="playPauseButton">Pause</button></div></div>')`;

describe.each(MOD_CLIENTS)('drawer and music bar, in the web client of Jellyfin %s', (version) => {
  let folder: string;
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-drawer-'));
    await writeFile(join(folder, 'logo.png'), plainPng(40, 20, [200, 10, 10]));
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { filesFolder: folder });
    const options: Record<string, unknown> = {
      'drawer-logo': { picture: 'logo.png', height: 80 },
      'music-bar': { edge: 8 },
    };
    await modded.switchOn(
      MODS.filter(({ name }) => name in options).map((mod) => ({ mod, options: options[mod.name] })),
    );
  });
  afterAll(async () => {
    await modded.close();
    await rm(folder, { recursive: true });
  });

  it('show the logo, and let the bar step back until it is wanted', async () => {
    const { page, errors, close } = await openJellyfin(browser(), modded.webUrl);
    onTestFinished(close);
    await signIn(page, 'alice', 'alice-pw-1');
    // The newest client has this drawer in its older layouts only.
    if (version !== '12.0') {
      const { height, address } = await page.evaluate<{ height: string; address: string }>(BEFORE);
      expect(height).toBe('80px');
      const picture = await page.request.get(address);
      expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/png']);
    }

    await page.evaluate(MUSIC_BAR);
    const bar = page.locator('.appfooter:has(.playPauseButton)');
    const top = async () => Math.round((await bar.boundingBox())?.y ?? 0);
    const bottom = page.viewportSize()?.height ?? 0;
    await page.mouse.move(10, 10);
    await expect.poll(top).toBe(bottom - 8);
    await page.mouse.move(100, bottom - 4);
    await expect.poll(top).toBe(bottom - 60);
    await page.mouse.move(10, 10);
    await expect.poll(top).toBe(bottom - 8);
    await page.locator('.playPauseButton').focus();
    await expect.poll(top).toBe(bottom - 60);
    expect(errors).toEqual([]);
  });
});
