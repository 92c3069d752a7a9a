import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { pageTitle } from '../../../injector/mods/page-title/mod.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { shownPage } from '../../support/browser/jellyfin-screen.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();
let modded: ModdedJellyfin;

beforeAll(async () => {
  modded = await startModdedJellyfin('10.8.13', clientFolder(), MODS);
});
afterAll(() => modded.close());

/** Until the worker that the page was told of last is the one in charge. */
async function workerSettled(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const registration = await navigator.serviceWorker.ready;
    const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
    while (registration.installing || registration.waiting || registration.active.state !== 'activated') await pause();
    while (!navigator.serviceWorker.controller) await pause();
  })()`);
}

/** Loads the client and waits for a title; the client's own may show for a moment. */
async function expectTitle(page: Page, title: string): Promise<void> {
  await page.goto(modded.webUrl);
  await shownPage(page, '#loginPage');
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe(title);
}

const KEEPS_COPIES = 'caches.keys().then((names) => names.some((name) => /workbox/.test(name)))';

it('a browser whose 10.8 worker keeps the old page sees mods at the second reload, and a changed config at the next', async () => {
  await modded.switchOn([]);
  const context = await browser().newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  await expectTitle(page, 'Jellyfin');
  await workerSettled(page);
  expect(await page.evaluate(KEEPS_COPIES)).toBe(true);

  await modded.switchOn([{ mod: pageTitle, options: { title: 'First' } }]);
  await page.goto(modded.webUrl);
  // Chromium looks for another worker a second or two after a page was loaded.
  await expect.poll(() => page.evaluate(KEEPS_COPIES), { timeout: 15_000 }).toBe(false);
  await workerSettled(page);
  await expectTitle(page, 'First');

  await modded.switchOn([{ mod: pageTitle, options: { title: 'Second' } }]);
  await expectTitle(page, 'Second');
  await context.close();
});
