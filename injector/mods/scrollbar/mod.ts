import { z } from 'zod';
import { colour } from '../../kit/css-values.ts';
import { defineMod } from '../../kit/define-mod.ts';

/** Exact enough to win over the rules of themes, which come later. */
const EVERY_BAR = (part: string): string => `:root[class]::-webkit-${part},\n:root[class] ::-webkit-${part}`;

/** Changes or hides the scroll bars. Lists that have none in Jellyfin get none. */
export const scrollbar = defineMod({
  name: 'scrollbar',
  title: 'Thin, coloured or hidden scroll bars',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    show: z.enum(['normal', 'thin', 'hidden']).default('thin').meta({
      description:
        'How wide scroll bars are; hidden ones still scroll by wheel, touch, keys and remote control.',
    }),
    thumb: colour().default('#888888').meta({ description: 'Colour of the part that moves.' }),
    track: colour()
      .default('transparent')
      .meta({ description: 'Colour of what it moves in; transparent shows the page.' }),
  }),
  example: { show: 'thin', thumb: '#888888', track: 'transparent' },
  hooks({ show, thumb, track }) {
    if (show === 'hidden') {
      return {
        css: [
          ':root[class], * { scrollbar-width: none; }',
          // Television sets and older browsers.
          `${EVERY_BAR('scrollbar')} { width: 0; height: 0; }`,
        ].join('\n'),
      };
    }
    const width = show === 'thin' ? 6 : 12;
    return {
      css: [
        ...(show === 'thin'
          ? [':root[class], * { scrollbar-width: thin; }']
          : [':root[class] { scrollbar-width: auto; }']),
        `:root[class] { scrollbar-color: ${thumb} ${track}; }`,
        `${EVERY_BAR('scrollbar')} { width: ${width}px; height: ${width}px; }`,
        `${EVERY_BAR('scrollbar-track')} { background: ${track}; box-shadow: none; }`,
        `${EVERY_BAR('scrollbar-track-piece')} { background: ${track}; }`,
        `${EVERY_BAR('scrollbar-thumb')} { background: ${thumb}; border-radius: ${width / 2}px; }`,
      ].join('\n'),
    };
  },
});
