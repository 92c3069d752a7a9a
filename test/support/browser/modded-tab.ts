import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { plainPng } from '../files/plain-png.ts';
import type { ModdedJellyfin } from '../jellyfin/modded-jellyfin.ts';
import { ours } from './method-journeys.ts';

/** Colours of the pictures that options may name, as `red.png` and so on. */
export const PICTURES = { red: [200, 0, 0], green: [0, 200, 0], blue: [0, 0, 200] } as const;

/** Makes the pictures for all tests of a file. @returns Asks for their folder, inside a test or a later hook. */
export function usePictures(): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-pictures-'));
    for (const [name, colour] of Object.entries(PICTURES))
      await writeFile(join(folder, `${name}.png`), plainPng(40, 20, colour));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return () => folder;
}

/** What somebody sits in front of. */
export interface Situation extends BrowserContextOptions {
  /** Shows a green splash screen of the server behind the login page, where the version has that. */
  readonly hasSplashScreen?: boolean;
  /** `layout` in the client's own settings. */
  readonly layout?: string;
  /** Of the window, in px. @default 1280 */
  readonly width?: number;
  /** @default 800 */
  readonly height?: number;
}

/**
 * Opens a tab with mods on, before anything is loaded; gone after the running test, which fails if the page had an error.
 *
 * @param options Of the mods, as below `mods:` in `config.yaml`.
 */
export async function openModdedTab(
  browser: Browser,
  modded: ModdedJellyfin,
  options: Readonly<Record<string, unknown>>,
  situation: Situation = {},
): Promise<Page> {
  await modded.switchOn(
    MODS.filter(({ name }) => name in options).map((mod) => ({ mod, options: options[mod.name] })),
  );
  const { hasSplashScreen, layout, width = 1280, height = 800, ...more } = situation;
  const context = await browser.newContext({
    locale: 'en-US',
    serviceWorkers: 'block',
    viewport: { width, height },
    ...more,
  });
  if (layout !== undefined)
    await context.addInitScript(`localStorage.setItem('layout', ${JSON.stringify(layout)})`);
  if (hasSplashScreen === true) {
    const body = plainPng(40, 20, PICTURES.green);
    await context.route('**/Branding/Splashscreen*', (route) =>
      route.fulfill({ body, contentType: 'image/png' }),
    );
    const json = { LoginDisclaimer: '', CustomCss: '', SplashscreenEnabled: true };
    await context.route(/\/branding\/configuration/i, (route) => route.fulfill({ json }));
  }
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  onTestFinished(async () => {
    await context.close();
    expect(ours(errors)).toEqual([]);
  });
  return page;
}
