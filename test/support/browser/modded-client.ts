import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../jellyfin/modded-jellyfin.ts';
import type { useBuiltClient } from './built-client.ts';
import { type JellyfinScreen, openJellyfin, shownPage } from './jellyfin-screen.ts';
import type { useChromium } from './use-chromium.ts';

/** The web client of one version with mods that tests switch on. */
export interface ModdedClient {
  /** Puts mods into force by name, with options as in `config.yaml`, for pages that are loaded after it. */
  switchOn(options: Record<string, unknown>): Promise<void>;
  /** Does so and opens the login page; at the end of the test there may be no error, and no mod that failed. */
  open(options: Record<string, unknown>, locale?: string): Promise<JellyfinScreen>;
  /** Address of the web client. */
  webUrl(): string;
}

/** Starts a fake Jellyfin with all mods at hand, for the tests of a `describe`. */
export function useModdedClient(
  version: JellyfinVersion,
  clientFolder: ReturnType<typeof useBuiltClient>,
  browser: ReturnType<typeof useChromium>,
): ModdedClient {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
  });
  afterAll(() => modded.close());

  async function switchOn(options: Record<string, unknown>): Promise<void> {
    const used = MODS.filter(({ name }) => name in options);
    await modded.switchOn(used.map((mod) => ({ mod, options: options[mod.name] })));
  }
  return {
    switchOn,
    async open(options, locale) {
      await switchOn(options);
      const screen = await openJellyfin(browser(), modded.webUrl, locale);
      onTestFinished(async () => {
        await screen.close();
        expect(screen.errors).toEqual([]);
        expect(screen.warnings.filter((line) => line.includes('Gatehouse'))).toEqual([]);
      });
      return screen;
    },
    webUrl: () => modded.webUrl,
  };
}

/** Signs out as the client itself does, and waits for the login page. */
export async function signOut(page: Page): Promise<void> {
  await page.evaluate('void Dashboard.logout()');
  await shownPage(page, '#loginPage');
}
