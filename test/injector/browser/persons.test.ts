import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { signOut } from '../../support/browser/films-screen.ts';
import { openJellyfin, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** A mod of the list with options, and for whom it is. */
function entry(name: string, options: unknown, person: string) {
  const mod = MODS.find((candidate) => candidate.name === name);
  if (mod === undefined) throw new Error(name);
  return { mod, options, when: { person } };
}

const colourRule = (colour: string) => ({ css: `html { border-top: 1px solid ${colour}; }` });

describe.each(MOD_CLIENTS)('mods for some persons only, in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
    await modded.switchOn([
      entry('custom-css', colourRule('rgb(1, 0, 0)'), 'signed-out'),
      entry('custom-css', colourRule('rgb(2, 0, 0)'), 'signed-in'),
      entry('custom-css', colourRule('rgb(3, 0, 0)'), 'administrator'),
      entry('announcement', { text: 'For the house keeper' }, 'administrator'),
    ]);
  });
  afterAll(() => modded.close());

  it('are on for these, without a reload, and off for the next person', async () => {
    const { page, errors, close } = await openJellyfin(browser(), modded.webUrl);
    onTestFinished(close);
    const colour = () => page.evaluate('getComputedStyle(document.documentElement).borderTopColor');
    const told = () => page.getByText('For the house keeper').filter({ visible: true }).count();

    await expect.poll(colour).toBe('rgb(1, 0, 0)');
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(colour).toBe('rgb(2, 0, 0)');
    expect(await told()).toBe(0);
    await signOut(page);
    await expect.poll(colour).toBe('rgb(1, 0, 0)');
    await signIn(page, 'admin', 'admin-pw-1');
    await expect.poll(colour).toBe('rgb(3, 0, 0)');
    await expect.poll(told).toBe(1);
    await signOut(page);
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(colour).toBe('rgb(2, 0, 0)');
    expect(await told()).toBe(0);

    await page.reload();
    await expect.poll(colour).toBe('rgb(2, 0, 0)');
    expect(errors).toEqual([]);
  });
});
