import { z } from 'zod';
import { LOOKS } from '../../jellyfin/looks.ts';
import { defineMod } from '../../kit/define-mod.ts';

/**
 * Says how bright the picture behind pages is. What dims it is taken away and the picture itself let through to the
 * theme's own ground, so that the number means the same on all versions and in all themes.
 */
export const backdropBrightness = defineMod({
  name: 'backdrop-brightness',
  title: 'Brighter or darker pictures behind pages',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    brightness: z.number().int().min(0).max(100).default(30).meta({
      description:
        'How much of the picture shows, in percent; Jellyfin shows 14 in the dark theme. Above 40, words are hard to read on some pictures.',
    }),
  }),
  example: { brightness: 30 },
  hooks: ({ brightness }) => ({
    css: [
      `html ${LOOKS.backdropShade} { background: none; opacity: 1; }`,
      `html ${LOOKS.backdropBox} { opacity: ${brightness / 100}; }`,
    ].join('\n'),
  }),
});
