import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDataMod } from '../../../injector/kit/data-mod.ts';
import { createDataModSchema } from '../../../injector/kit/data-mod-schema.ts';
import { MODS } from '../../../injector/mods/all.ts';
import { customHtml } from '../../../injector/mods/custom-html/mod.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const filmNight = createDataMod(
  createDataModSchema('film-night').parse({
    name: 'film-night',
    title: 'Film night',
    css: 'body { outline: 3px solid rgb(1, 2, 3); border-image-source: url(asset:dot) }',
    styles: ['look.css'],
    assets: { dot: 'dot.png' },
    tags: [
      { tag: 'p', attributes: { id: 'film-night' }, text: 'At <b>eight</b>' },
      { tag: 'img', attributes: { id: 'film-night-dot', src: 'asset:dot', alt: '' } },
    ],
    texts: { ButtonForgotPassword: 'Ask Ada' },
    defaults: { enableThemeSongs: { value: true, force: true } },
    scripts: ['clock.js'],
  }),
);

/** A script that counts how often it ran. */
const COUNTING = 'window.ran = (window.ran || 0) + 1;';
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const ranIn = (page: Page): Promise<number> => page.evaluate('window.ran || 0');

let files: string;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'gatehouse-own-mods-'));
  await mkdir(join(files, 'mods/film-night'), { recursive: true });
  await writeFile(join(files, 'ours.js'), COUNTING);
  await writeFile(join(files, 'mods/film-night/clock.js'), COUNTING);
  await writeFile(join(files, 'mods/film-night/look.css'), 'body { outline-offset: 7px }');
  await writeFile(join(files, 'mods/film-night/dot.png'), Buffer.from(DOT, 'base64'));
});
afterAll(() => rm(files, { recursive: true }));

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { filesFolder: files });
  });
  afterAll(() => modded.close());

  async function open(name: string, options: unknown): Promise<Page> {
    const mod = [...MODS, filmNight].find((one) => one.name === name);
    if (mod === undefined) throw new Error(name);
    await modded.switchOn([{ mod, options }]);
    const screen = await openJellyfin(browser(), modded.webUrl);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
    });
    return screen.page;
  }

  it('a mod that is data shows its rules, pictures, elements and texts, and runs its script once', async () => {
    const page = await open('film-night', {});
    const look = await page.evaluate(`[
      getComputedStyle(document.body).outlineColor,
      getComputedStyle(document.body).outlineOffset,
      getComputedStyle(document.body).borderImageSource.includes('/gatehouse/mods/'),
      document.querySelector('#film-night-dot').naturalWidth,
    ]`);
    expect(look).toEqual(['rgb(1, 2, 3)', '7px', true, 1]);
    expect(await page.locator('#film-night').textContent()).toBe('At <b>eight</b>');
    expect(await page.locator('#loginPage:not(.hide) .btnForgotPassword').innerText()).toContain('Ask Ada');
    expect(await ranIn(page)).toBe(1);
  });

  it('an own element in a corner is seen and can be pressed, before signing in and after, on a telephone too', async () => {
    const page = await open('custom-html', customHtml.example);
    await page.setViewportSize({ width: 375, height: 667 });
    const isOnTop = `(() => {
      const { x, y, width, height } = document.querySelector('.our-status').getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.className;
    })()`;
    expect(await page.evaluate(isOnTop)).toBe('our-status');
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await page.evaluate(isOnTop)).toBe('our-status');
  });

  it('a script for every page runs before signing in, and not again after it', async () => {
    const page = await open('custom-script', { file: 'ours.js' });
    expect(await ranIn(page)).toBe(1);
    await signIn(page, 'alice', 'alice-pw-1');
    expect(await ranIn(page)).toBe(1);
  });

  it('a script for who is signed in runs only then, and nothing it did is there for the next person', async () => {
    const page = await open('custom-script', { file: 'ours.js', on: 'signed-in' });
    expect(await ranIn(page)).toBe(0);
    await signIn(page, 'alice', 'alice-pw-1');
    await page.waitForFunction('window.ran === 1');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await page.evaluate('window.kept = "of alice"');
    const loaded = page.waitForEvent('load');
    await page.evaluate('void Dashboard.logout()');
    await loaded;
    await shownPage(page, '#loginPage');
    expect(await page.evaluate('[window.ran, window.kept]')).toEqual([undefined, undefined]);
    await signIn(page, 'bob', 'bob-pw-1');
    await page.waitForFunction('window.ran === 1');
    expect(await page.evaluate('window.kept')).toBeUndefined();
  });
});
