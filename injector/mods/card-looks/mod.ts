import { z } from 'zod';
import { LOOKS } from '../../jellyfin/looks.ts';
import { colour, SEEN_AGAIN, UNSEEN } from '../../kit/css-values.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { lyingPrograms } from './lying-programs.ts';

const SHADOWS = {
  none: 'none',
  soft: '0 2px 6px rgba(0, 0, 0, 0.45)',
  strong: '0 3px 9px rgba(0, 0, 0, 0.8)',
} as const;

/** Changes how the cards of films, series and people look. */
export const cardLooks = defineMod({
  name: 'card-looks',
  title: 'Corners, shadow, titles and colours of cards',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    corners: z.number().int().min(0).max(40).optional().meta({
      description: "Radius of a card's corners in pixels; 0 is square. Without it they stay as they are.",
    }),
    zoom: z.number().int().min(0).max(25).default(0).meta({
      description:
        'How far the picture grows below the pointer or under the focus, in percent. Not for people who want less motion.',
    }),
    shadow: z
      .enum(['none', 'soft', 'strong'])
      .optional()
      .meta({ description: "A card's shadow; without it, that of the theme." }),
    titles: z.enum(['show', 'on-hover', 'hide']).default('show').meta({
      description:
        'Whether the lines below a picture show always, below the pointer or under the focus, or never. They are read aloud in any case, and cards without a picture keep their name in its place. Without a pointer, on-hover shows them always.',
    }),
    liveTv: z.enum(['mixed', 'landscape']).default('mixed').meta({
      description:
        'Shape of what is on in live TV: "mixed" leaves films upright among all else that lies, "landscape" lays them down, too, as most guides have pictures for. Elsewhere films stay upright.',
    }),
    progress: colour()
      .optional()
      .meta({ description: 'Colour of the line that says how far something was watched.' }),
  }),
  example: {
    corners: 12,
    zoom: 6,
    shadow: 'soft',
    titles: 'on-hover',
    liveTv: 'landscape',
    progress: '#e5a00d',
  },
  hooks({ corners, zoom, shadow, titles, liveTv, progress }) {
    const inside = (card: string, parts: readonly string[]) =>
      parts.map((part) => `${card} ${part}`).join(',\n');
    const inCard = (parts: readonly string[], state = '') => inside(LOOKS.card + state, parts);
    const lines = (state = '', ofLine = '') =>
      inside(
        LOOKS.itemCard + state,
        LOOKS.cardLines.map((line) => line + ofLine),
      );
    const rules: string[] = [];
    if (corners !== undefined) rules.push(`${inCard(LOOKS.cardRound)} { border-radius: ${corners}px; }`);
    if (zoom > 0) {
      const picture = [LOOKS.cardPicture];
      rules.push(
        '@media (prefers-reduced-motion: no-preference) {',
        `${inCard([LOOKS.cardFrame])} { overflow: hidden; }`,
        `${inCard(picture)} { transition: transform 0.2s ease-out; }`,
        ...[':hover', ':focus'].map(
          (state) => `${inCard(picture, state)} { transform: scale(${1 + zoom / 100}); }`,
        ),
        '}',
      );
    }
    if (shadow !== undefined)
      rules.push(`${inCard([LOOKS.cardFrame, LOOKS.cardFooterBox])} { box-shadow: ${SHADOWS[shadow]}; }`);
    if (titles === 'hide') {
      rules.push(`${lines()} { ${UNSEEN} }`);
      // The name is a link: who gets there by keyboard has to see where.
      rules.push(`${lines('', ':focus-within')} { ${SEEN_AGAIN} }`);
    }
    if (titles === 'on-hover') {
      rules.push(
        '@media (hover: hover) {',
        `${lines()} { opacity: 0; }`,
        // A browser that does not know one of them would drop both.
        ...[':hover', ':focus', ':focus-within'].map((state) => `${lines(state)} { opacity: 1; }`),
        '}',
      );
    }
    if (liveTv === 'landscape') rules.push(...lyingPrograms());
    if (progress !== undefined)
      rules.push(`${LOOKS.progress.join(',\n')} { background-color: ${progress}; }`);
    return { css: rules.join('\n') };
  },
});
