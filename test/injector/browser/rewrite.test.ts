import { describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openJellyfin } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const mod = MODS.find(({ name }) => name === 'rewrite');
const saying = (words: string) => {
  if (mod === undefined) throw new Error('there is no such mod');
  const find = '"HeaderPleaseSignIn":"Please sign in"';
  return [{ mod, options: { changes: [{ find, replace: `"HeaderPleaseSignIn":"${words}"` }] } }];
};

describe.each(MOD_CLIENTS)('a text of the web client of Jellyfin %s', (version) => {
  it('is another in one browser from load to load, but Jellyfin’s own in the bare tab', async () => {
    const folders = { cacheFolder: await tempFolder() };
    const modded = await startModdedJellyfin(version, clientFolder(), MODS, folders);
    onTestFinished(() => modded.close());
    await modded.switchOn(saying('Who is there?'));
    const { page, errors, close } = await openJellyfin(browser(), modded.webUrl);
    onTestFinished(close);
    const heading = (words: string) => page.locator('#loginPage h1', { hasText: words }).first().waitFor();
    await heading('Who is there?');
    await page.goto(`${modded.webUrl}?gatehouse=off`);
    await heading('Please sign in');
    await page.goto(modded.webUrl);
    await heading('Who is there?');
    await modded.switchOn(saying('Come in'));
    await page.goto(`${modded.webUrl}?`);
    await heading('Come in');
    await page.goto(`${modded.webUrl}?gatehouse=off`);
    await heading('Please sign in');
    expect(errors).toEqual([]);
  });
});
