import { z } from 'zod';
import { FONT_PLACES, FONTS_BEHIND } from '../../jellyfin/fonts.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';
import { readFontName } from './font-name.ts';

/** Draws the client in fonts from a folder of an admin's. */
export const fonts = defineMod({
  name: 'fonts',
  title: 'Your own fonts',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    folder: fileOption('fonts').meta({
      description:
        'Folder beside config.yaml with the files of one font (woff2, woff, ttf, otf). Weight and style are told from the names: ' +
        'Inter-Bold.woff2, Inter-700Italic.woff2, Inter-Variable.woff2; a name without either is the regular one.',
    }),
    family: z
      .string()
      .regex(/^[a-z0-9][a-z0-9 -]{0,39}$/i, {
        error: 'must be letters, digits, blanks and hyphens, such as Inter',
      })
      .optional()
      .meta({
        description:
          'Name of the font, as rules of your own may call it. Default: how the names of the files begin.',
      }),
    use: z.enum(['everywhere', 'headings']).default('everywhere').meta({
      description:
        'Where it is used: "everywhere", or in "headings" only, as with a second entry of this mod. Icons stay.',
    }),
  }),
  example: { folder: 'fonts', family: 'Inter', use: 'everywhere' },
  hooks({ folder, family, use }, files) {
    const faces = (files.get(folder).entries ?? []).map(({ name, href }) => ({
      href,
      ...readFontName(name),
    }));
    const called = family ?? faces[0]?.family;
    if (called === undefined) return {};
    const rules = faces.map(
      ({ href, format, weight, style }) =>
        `@font-face { font-family: "${called}"; src: url("${href}") format("${format}"); font-weight: ${weight}; font-style: ${style}; font-display: swap; }`,
    );
    // Of the headings only the first list: which of two shapes a sign has is seen in running text.
    const lists = use === 'headings' ? FONTS_BEHIND.slice(0, 1) : FONTS_BEHIND;
    const used = lists.map(({ language, fonts: behind }) => {
      const where = language === undefined ? FONT_PLACES[use] : within(FONT_PLACES[use], language);
      return `${where} { font-family: "${called}", ${behind} !important; }`;
    });
    return { css: [...rules, ...used].join('\n') };
  },
});

/** The same places where the client speaks a language. */
function within(places: string, language: string): string {
  const root = `html[lang|="${language}"]`;
  return places
    .split(', ')
    .map((place) => (place === 'html' ? root : `${root} ${place}`))
    .join(', ');
}
