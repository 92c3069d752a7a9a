import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { FILMS } from '../jellyfin/films.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../jellyfin/modded-jellyfin.ts';
import { type JellyfinScreen, navigate, openJellyfin, shownPage } from './jellyfin-screen.ts';

/** Mods in front of a fake Jellyfin that has films. */
export interface Films {
  /** Puts mods into force by their options, as below `mods:` in `config.yaml`. */
  switchOn(options: Record<string, unknown>): Promise<void>;
  /** The same, and opens the login page; at the end of the test it is closed, and no error may have been thrown in it. */
  open(
    options: Record<string, unknown>,
    more?: BrowserContextOptions,
    layout?: string,
  ): Promise<JellyfinScreen>;
}

/** A fake Jellyfin with films behind mods, for all tests of a `describe`. */
export function useFilms(
  version: JellyfinVersion,
  browser: () => Browser,
  clientFolder: () => string,
): Films {
  let modded: ModdedJellyfin | undefined;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { media: Object.values(FILMS) });
  });
  afterAll(() => modded?.close());

  async function switchOn(options: Record<string, unknown>): Promise<void> {
    const used = MODS.filter(({ name }) => name in options);
    await modded?.switchOn(used.map((mod) => ({ mod, options: options[mod.name] })));
  }
  return {
    switchOn,
    async open(options, more = {}, layout) {
      await switchOn(options);
      const screen = await openJellyfin(browser(), modded?.webUrl ?? '', 'en-US', more);
      onTestFinished(async () => {
        await screen.close();
        expect(screen.errors).toEqual([]);
      });
      if (layout !== undefined) {
        await screen.page.evaluate(`localStorage.setItem('layout', ${JSON.stringify(layout)})`);
        await screen.page.reload();
        await shownPage(screen.page, '#loginPage');
      }
      return screen;
    },
  };
}

/** A computed style of the first element of a selector. */
export async function styleOf(page: Page, selector: string, property: string): Promise<string> {
  return page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(property)})`,
  );
}

/** Goes to the details page of a film, as a link does. */
export async function openDetails(page: Page, id: string): Promise<void> {
  await navigate(page, `details?id=${id}`);
  await shownPage(page, '#itemDetailPage');
  await page.locator('#itemDetailPage:not(.hide) h1').waitFor({ state: 'attached' });
}

/** Signs out as the client's own buttons do. */
export async function signOut(page: Page): Promise<void> {
  await page.evaluate('void Dashboard.logout()');
  await shownPage(page, '#loginPage');
}
