import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { filesIn } from '../../../injector/kit/file-option.ts';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { signOut } from '../../support/browser/films-screen.ts';
import { openJellyfin, signIn } from '../../support/browser/jellyfin-screen.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { writeNamedFiles } from '../../support/files/sample-files.ts';
import { FILMS } from '../../support/jellyfin/films.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';
import { ALL_MODS } from '../../support/mods/all-mods.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** What can be pressed or filled in, and is covered by something else in its middle; by what it says. */
const COVERED = `(() => {
  const covered = [];
  let seen = 0;
  for (const element of document.querySelectorAll('.page:not(.hide) :is(a[href], button, input:not([type=checkbox]), select)')) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    seen += 1;
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    // The client's own button for playing lies over the picture of a card.
    const card = element.closest('.card');
    const isFree = there !== null && (element.contains(there) || there.contains(element) || there.closest('label') !== null || (card !== null && card.contains(there)));
    if (!isFree) covered.push(element.id + '.' + element.className + ' "' + element.textContent.trim() + '" under ' + there?.outerHTML.slice(0, 80));
  }
  scrollTo(0, 0);
  return { covered, seen };
})()`;

/** How far something reaches beyond the right edge, in pixels; rows of cards that the client itself scrolls may. */
const OVERFLOW = `(() => {
  const elements = Array.from(document.querySelectorAll('body *'));
  const standing = elements.filter((element) => element.closest('[is=emby-scroller], .emby-scroller') === null && element.checkVisibility());
  const edges = standing.map((element) => element.getBoundingClientRect().right);
  return Math.round(Math.max(...edges) - document.documentElement.clientWidth);
})()`;

/** What mods have put into the page, by their marks. */
const MARKS = `Array.from(document.querySelectorAll('[data-gatehouse]'), (element) => element.dataset.gatehouse).sort()`;

async function look(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const { covered, seen } = await page.evaluate<{ covered: string[]; seen: number }>(COVERED);
    expect(covered, `covered at ${width} px`).toEqual([]);
    expect(seen, 'what can be pressed').toBeGreaterThan(4);
    expect(await page.evaluate(OVERFLOW), `wider than ${width} px`).toBeLessThanOrEqual(1);
  }
}

describe.each(['10.11.11', '12.0'] as const)(
  'all mods at once, in the web client of Jellyfin %s',
  (version) => {
    let folder: string;
    let modded: ModdedJellyfin;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gatehouse-all-mods-'));
      await writeNamedFiles(folder, filesIn(ALL_MODS.map(({ mod, options }) => mod.options.parse(options))));
      const media = Object.values(FILMS);
      modded = await startModdedJellyfin(version, clientFolder(), MODS, { media, filesFolder: folder });
      await modded.switchOn(ALL_MODS);
    });
    afterAll(async () => {
      await modded.close();
      await rm(folder, { recursive: true });
    });

    it('throw nothing, cover nothing at 375 and 1280 px, and leave nothing of one person to the next', {
      timeout: 120_000,
    }, async () => {
      const { page, errors, warnings, close } = await openJellyfin(browser(), modded.webUrl, 'en-US');
      onTestFinished(close);
      await look(page, [375, 1280]);
      const before = await page.evaluate(MARKS);

      await signIn(page, 'alice', 'alice-pw-1');
      await page.locator('.featured h3').first().waitFor({ state: 'attached' });
      await page.locator('.card[data-type=Movie]').first().waitFor({ state: 'attached' });
      await look(page, [375, 1280]);
      expect((await page.locator('.featured h3').allTextContents()).sort()).toEqual([
        'Meadow (2003)',
        'Secret',
      ]);

      await signOut(page);
      await expect.poll(() => page.evaluate(MARKS)).toEqual(before);
      await signIn(page, 'bob', 'bob-pw-1');
      await expect.poll(() => page.locator('.featured h3').allTextContents()).toEqual(['Meadow (2003)']);

      expect(errors).toEqual([]);
      expect(warnings.filter((line) => line.includes('Gatehouse'))).toEqual([]);
    });
  },
);
