import type { Page } from 'playwright-core';

/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [number, number, number];

/**
 * What somebody sees at a point of the window, in CSS pixels from its corner.
 *
 * @param reader Page that reads the picture. @default the page itself, where scripts may run
 */
export async function colourAt(page: Page, x: number, y: number, reader = page): Promise<Rgb> {
  const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 }, scale: 'css' });
  return reader.evaluate<Rgb>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${shot.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const surface = canvas.getContext('2d');
    surface.drawImage(image, 0, 0);
    return Array.from(surface.getImageData(0, 0, 1, 1).data).slice(0, 3);
  })()`);
}

/** Where an element is drawn, in CSS pixels from the corner of the window. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
}

/** Measures the first element of a selector. @throws {Error} in the page when there is none. */
export async function boxOf(page: Page, selector: string): Promise<Box> {
  return page.evaluate<Box>(
    `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`,
  );
}

/** One computed style of every element of a selector, in their order. */
export async function stylesOf(page: Page, selector: string, property: string): Promise<string[]> {
  return page.evaluate<string[]>(
    `Array.from(document.querySelectorAll(${JSON.stringify(selector)}), (one) => getComputedStyle(one)[${JSON.stringify(property)}])`,
  );
}

/** One computed style of the first element of a selector, or of a pseudo-element such as `::before`. */
export async function styleOf(page: Page, selector: string, property: string, pseudo = ''): Promise<string> {
  return page.evaluate<string>(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(pseudo)})[${JSON.stringify(property)}]`,
  );
}
