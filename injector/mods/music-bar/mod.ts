import { z } from 'zod';
import { MUSIC_BAR } from '../../jellyfin/drawer.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { defineMod } from '../../kit/define-mod.ts';

/**
 * Lets the bar of what plays step back to an edge until the mouse or the keyboard is on it. Not where nothing hovers: telephones,
 * tablets and television sets keep it.
 */
export const musicBar = defineMod({
  name: 'music-bar',
  title: 'A music bar that steps back until it is needed',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    edge: z
      .int()
      .min(4)
      .max(40)
      .default(12)
      .meta({ description: 'How much of it stays to be seen, from 4 to 40 px.' }),
  }),
  example: { edge: 12 },
  hooks: ({ edge }) => ({
    css: `@media (hover: hover) {
  html:not(.${TV_LAYOUT}) ${MUSIC_BAR} { transform: translateY(calc(100% - ${edge}px)); transition: transform .2s; }
  html:not(.${TV_LAYOUT}) ${MUSIC_BAR}:hover { transform: none; }
  html:not(.${TV_LAYOUT}) ${MUSIC_BAR}:focus-within { transform: none; }
}
@media (prefers-reduced-motion: reduce) {
  html:not(.${TV_LAYOUT}) ${MUSIC_BAR} { transition: none; }
}`,
  }),
});
