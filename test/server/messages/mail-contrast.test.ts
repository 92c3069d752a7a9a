import { expect, test } from 'vitest';
import { createMessages } from '../../../server/messages/messages.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';

const MESSAGE = createMessages().write(
  'reset-pin-link',
  {
    ...{ serverName: 'Films', userName: 'anna', pin: 'AB12-CD34-EF56-GH78', lifetimeMs: 1_800_000 },
    link: `https://media.example.org/gatehouse/reset#${'aB3_'.repeat(10)}xyz`,
  },
  'en',
);

type Rgb = readonly [red: number, green: number, blue: number];

/** Source: WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = (rgb: Rgb): number => {
    const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What a page shows: the colours of each text and of what is behind it. */
interface Seen {
  readonly texts: readonly { readonly text: string; readonly ink: Rgb; readonly ground: Rgb }[];
  readonly paper: Rgb;
  readonly isWide: boolean;
}

/** Runs in the page. */
const LOOK = `(() => {
  const rgb = (color) => (color.match(/[0-9.]+/g) ?? []).slice(0, 3).map(Number);
  const canvas = document.createElement('i');
  canvas.style.background = 'Canvas';
  document.body.append(canvas);
  const paper = getComputedStyle(canvas).backgroundColor;
  canvas.remove();
  const texts = [...document.querySelectorAll('p, a')].map((element) => {
    let behind = element;
    while (behind !== null && getComputedStyle(behind).backgroundColor.endsWith(', 0)')) behind = behind.parentElement;
    const ground = behind === null ? paper : getComputedStyle(behind).backgroundColor;
    return { text: element.textContent, ink: rgb(getComputedStyle(element).color), ground: rgb(ground) };
  });
  return { texts, paper: rgb(paper), isWide: document.documentElement.scrollWidth > innerWidth };
})()`;

const browser = useChromium();

test.each(['light', 'dark'] as const)(
  'in a %s mail program every text of a message is easy to read',
  async (colorScheme) => {
    for (const width of [375, 700]) {
      const page = await browser().newPage({ colorScheme, viewport: { width, height: 600 } });
      await page.setContent(MESSAGE.html);
      const seen = await page.evaluate<Seen>(LOOK);
      await page.close();
      expect(seen.isWide).toBe(false);
      // The page itself is of the scheme that was asked for.
      expect(contrast(seen.paper, [255, 255, 255]) > 7).toBe(colorScheme === 'dark');
      expect(seen.texts.length).toBeGreaterThan(6);
      const weak = seen.texts.filter(({ ink, ground }) => contrast(ink, ground) < 4.5);
      expect(weak).toEqual([]);
    }
  },
);
