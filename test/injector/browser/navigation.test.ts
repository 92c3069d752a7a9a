import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/index.ts';
import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const VERSIONS: readonly JellyfinVersion[] = ['10.8.13', '10.11.11', '12.0'];
const clientFolder = useBuiltClient();
const browser = useChromium();

async function signOut(page: Page): Promise<void> {
  await page.evaluate('void Dashboard.logout()');
  await shownPage(page, '#loginPage');
}

/** What toasts of the client say at the moment. */
const toasts = (page: Page) => page.locator('.toast').allInnerTexts();

describe.each(VERSIONS)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
  });
  afterAll(() => modded.close());

  async function open(options: Record<string, unknown>, locale?: string) {
    const used = MODS.filter(({ name }) => name in options);
    await modded.switchOn(used.map((mod) => ({ mod, options: options[mod.name] })));
    const screen = await openJellyfin(browser(), modded.webUrl, locale);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
      expect(screen.warnings.filter((line) => line.includes('Gatehouse'))).toEqual([]);
    });
    return screen;
  }

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

  it('toast at a sign-in says nothing to who was signed in before', async () => {
    const { page } = await open({ toast: { text: 'Hello', at: 'sign-in', times: 'always' } });
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(() => toasts(page)).toEqual(['Hello']);
    await page.reload();
    await shownPage(page, '#indexPage');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    expect(await toasts(page)).toEqual([]);
  });
});
