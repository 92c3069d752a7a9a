import { describe, expect, it } from 'vitest';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openDetails, styleOf, useFilms } from '../../support/browser/films-screen.ts';
import { signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { FILMS } from '../../support/jellyfin/films.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** Cards as the client has them in live TV, one on each line, and one of a film of a library. */
const PROGRAMS = `(() => {
  const card = (shape, type) => '<div class="card ' + shape + 'Card" data-type="' + type + '"><div class="cardBox"><div class="cardScalable">' +
    '<div class="cardPadder cardPadder-' + shape + '"></div></div></div></div>';
  const box = document.createElement('div');
  box.id = 'programs';
  box.style = 'position: fixed; inset: 0; width: 100vw; z-index: 9999';
  box.innerHTML = card('portrait', 'Program') + card('overflowPortrait', 'Program') + card('overflowPortrait', 'Movie');
  document.body.append(box);
})()`;

/** Widths of the cards as parts of the window, and their heights as parts of their widths. */
const SIZES = `Array.from(document.querySelectorAll('#programs .card'), (card) => {
  const { width, height } = card.querySelector('.cardPadder').getBoundingClientRect();
  return [+(card.getBoundingClientRect().width / innerWidth).toFixed(3), +(height / width).toFixed(2)];
})`;

/** By themselves, some clients have none on these pages. */
const BACKDROPS = { 'client-defaults': { enableBackdrops: true } };

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  const { open } = useFilms(version, browser, clientFolder);
  const isModern = version === '12.0';

  it('bars are glass, cards have the corners, shadow and colours asked for, and scroll bars are thin', async () => {
    const { page } = await open({
      'transparent-bars': {},
      'card-looks': { corners: 14, zoom: 8, shadow: 'soft', titles: 'on-hover', progress: '#e5a00d' },
      scrollbar: { thumb: 'rgb(1, 2, 3)' },
    });
    await signIn(page, 'alice', 'alice-pw-1');
    const bar = isModern ? '.MuiAppBar-root' : '.skinHeader';
    expect(await styleOf(page, bar, 'background-color')).toBe('rgba(0, 0, 0, 0.6)');
    expect(await styleOf(page, bar, 'backdrop-filter')).toBe('blur(12px)');
    if (!isModern) expect(await styleOf(page, '.mainDrawer', 'background-color')).toBe('rgba(0, 0, 0, 0.6)');

    const card = '.card[data-type=Movie]';
    await page.locator(card).first().waitFor();
    for (const part of ['.cardContent', '.cardPadder', '.cardScalable'])
      expect(await styleOf(page, `${card} ${part}`, 'border-radius'), part).toBe('14px');
    expect(await styleOf(page, `${card} .cardScalable`, 'box-shadow')).toContain('2px 6px');
    expect(await styleOf(page, `${card} .itemProgressBarForeground`, 'background-color')).toBe(
      'rgb(229, 160, 13)',
    );
    const title = () => styleOf(page, `${card} .cardText`, 'opacity');
    expect(await title()).toBe('0');
    await page.locator(card).first().hover();
    expect(await title()).toBe('1');
    await expect
      .poll(() => styleOf(page, `${card} .cardImageContainer`, 'transform'))
      .toBe('matrix(1.08, 0, 0, 1.08, 0, 0)');
    expect(await styleOf(page, 'html', 'scrollbar-color')).toContain('rgb(1, 2, 3)');
    expect(await styleOf(page, 'html', 'scrollbar-width')).toBe('thin');
  });

  it('films in live TV lie, as wide as all else there in each window; films of libraries stay upright', async () => {
    const { page } = await open({ 'card-looks': { liveTv: 'landscape' } });
    await signIn(page, 'alice', 'alice-pw-1');
    await page.evaluate(PROGRAMS);
    const sizesAt = async (width: number) => {
      await page.setViewportSize({ width, height: 800 });
      return page.evaluate<number[][]>(SIZES);
    };
    for (const [width, wall, row] of [
      [375, 1, 0.72],
      [600, 0.5, 0.455],
      [1000, 0.333, 0.231],
      [1280, 0.25, 0.231],
      [1700, 0.2, 0.187],
      [2560, 0.167, 0.156],
    ] as const)
      expect((await sizesAt(width)).slice(0, 2), `${width} px`).toEqual([
        [wall, 0.56],
        [row, 0.56],
      ]);
    expect((await sizesAt(1280))[2]?.[1]).toBe(1.5);
    await page.evaluate("document.querySelector('#programs').className = 'itemsContainer-tv'");
    expect((await sizesAt(1920)).slice(0, 2)).toEqual([
      [0.25, 0.56],
      [0.235, 0.56],
    ]);
  });

  it('titles that are hidden stay in the page for who has it read aloud, and scroll bars go', async () => {
    const { page } = await open({ 'card-looks': { titles: 'hide' }, scrollbar: { show: 'hidden' } });
    await signIn(page, 'alice', 'alice-pw-1');
    const line = page.locator('.card[data-type=Movie] .cardText').first();
    await line.waitFor({ state: 'attached' });
    const { width, height } = (await line.boundingBox()) ?? { width: 9, height: 9 };
    expect([width, height]).toEqual([1, 1]);
    expect(await line.ariaSnapshot()).toContain(FILMS.harbour.name);
    expect(await styleOf(page, 'html', 'scrollbar-width')).toBe('none');
  });

  it('the picture behind a page is as bright as asked, and moves', async () => {
    const { page } = await open({
      'backdrop-brightness': { brightness: 45 },
      'pan-and-zoom': {},
      ...BACKDROPS,
    });
    await signIn(page, 'alice', 'alice-pw-1');
    await openDetails(page, FILMS.harbour.id);
    const picture = '.backdropContainer .displayingBackdropImage';
    await page.locator(picture).waitFor();
    expect(await styleOf(page, '.backdropContainer', 'opacity')).toBe('0.45');
    expect(await styleOf(page, '.backgroundContainer', 'background-color')).toBe('rgba(0, 0, 0, 0)');
    expect(await styleOf(page, picture, 'animation-name')).toBe('backdrop-fadein, gatehouse-pan-and-zoom');
    const transform = () => styleOf(page, picture, 'transform');
    const before = await transform();
    await expect.poll(transform).not.toBe(before);
    // The client takes the picture before away when its own animation ends; ours never does.
    await openDetails(page, FILMS.meadow.id);
    await page.locator(`${picture}[data-url*="${FILMS.meadow.id}"]`).waitFor();
    await expect.poll(() => page.locator('.backdropImage').count()).toBe(1);
  });

  it.each(['less motion', 'a television set'])('nothing moves for %s', async (who) => {
    const { page } = await open(
      { 'pan-and-zoom': {}, 'card-looks': { zoom: 8 }, 'transparent-bars': {}, ...BACKDROPS },
      who === 'less motion' ? { reducedMotion: 'reduce' } : {},
      who === 'less motion' ? undefined : 'tv',
    );
    await signIn(page, 'alice', 'alice-pw-1');
    if (who === 'less motion') {
      const card = page.locator('.card[data-type=Movie]').first();
      await card.hover();
      expect(await styleOf(page, '.card[data-type=Movie] .cardImageContainer', 'transform')).toBe('none');
    } else {
      expect(await styleOf(page, '.skinHeader', 'backdrop-filter')).toBe('none');
    }
    await openDetails(page, FILMS.harbour.id);
    await page.locator('.displayingBackdropImage').waitFor();
    expect(await styleOf(page, '.displayingBackdropImage', 'animation-name')).toBe('backdrop-fadein');
  });
});
