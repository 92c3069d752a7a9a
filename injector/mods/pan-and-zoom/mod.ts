import { z } from 'zod';
import { LOOKS, TV_LAYOUT } from '../../jellyfin/looks.ts';
import { defineMod } from '../../kit/define-mod.ts';

const MOVING = `html:not(.${TV_LAYOUT}) ${LOOKS.backdropPicture}`;

/** Lets the pictures behind pages move slowly. */
export const panAndZoom = defineMod({
  name: 'pan-and-zoom',
  title: 'Slowly moving pictures behind pages',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    seconds: z.number().int().min(10).max(600).default(60).meta({
      description:
        'How long a picture moves in one direction. It stands still for people who want less motion, and on television sets.',
    }),
    zoom: z
      .number()
      .int()
      .min(105)
      .max(200)
      .default(120)
      .meta({ description: 'How large it becomes, in percent.' }),
  }),
  example: { seconds: 60, zoom: 120 },
  hooks({ seconds, zoom }) {
    // A picture that is zoomed by z may go half of what was added to each side, less a rest so that no edge shows.
    const way = Math.floor(((zoom - 100) / 2 / zoom) * 80 * 10) / 10;
    return {
      css: [
        '@keyframes gatehouse-pan-and-zoom {',
        '  from { transform: scale(1); }',
        `  to { transform: scale(${zoom / 100}) translate(${way}%, -${way}%); }`,
        '}',
        '@media (prefers-reduced-motion: no-preference) {',
        `html ${LOOKS.backdropBox} { overflow: hidden; }`,
        `${MOVING} { animation: gatehouse-pan-and-zoom ${seconds}s ease-in-out infinite alternate; }`,
        // The client waits for the end of its own animation before it takes the old picture away.
        `${MOVING}${LOOKS.backdropFadesIn} { animation: backdrop-fadein 800ms ease-in normal both, gatehouse-pan-and-zoom ${seconds}s ease-in-out infinite alternate; }`,
        '}',
      ].join('\n'),
    };
  },
});
