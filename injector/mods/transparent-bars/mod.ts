import { z } from 'zod';
import { LOOKS, TV_LAYOUT } from '../../jellyfin/looks.ts';
import { defineMod } from '../../kit/define-mod.ts';

/** Words on a bar stay readable on whatever shines through, so both colours go together. */
const SHADES = {
  dark: { red: 0, text: '#fff' },
  light: { red: 255, text: '#111' },
} as const;

const OLD_BAR_TABS = '.emby-tab-button:not(.emby-tab-button-active)';

/** Lets what is behind the bar on top and the drawer shine through. */
export const transparentBars = defineMod({
  name: 'transparent-bars',
  title: 'Let pictures shine through bar and drawer',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    header: z.boolean().default(true).meta({ description: 'Whether the bar on top is one of them.' }),
    drawer: z.boolean().default(true).meta({ description: 'Whether the drawer on the left is one of them.' }),
    shade: z.enum(['dark', 'light']).default('dark').meta({
      description: 'Whether bars are dark glass with white words, or light glass with black ones.',
    }),
    strength: z.number().int().min(0).max(100).default(60).meta({
      description:
        'How much colour the glass has, in percent. Below 60, words are hard to read on some pictures.',
    }),
    blur: z.number().int().min(0).max(40).default(12).meta({
      description:
        'How far what is behind is blurred, in pixels; 0 leaves it sharp. Television sets never blur.',
    }),
  }),
  example: { header: true, drawer: true, shade: 'dark', strength: 60, blur: 12 },
  hooks({ header, drawer, shade, strength, blur }) {
    const { red, text } = SHADES[shade];
    const bars = [
      ...(header ? [LOOKS.oldBar, LOOKS.newBar] : []),
      ...(drawer ? [LOOKS.oldDrawer, LOOKS.newDrawer] : []),
    ];
    if (bars.length === 0) return {};
    const within = (bar: string, parts: readonly string[]) => parts.map((part) => `${bar} ${part}`);
    const inside = [
      ...(header ? within(LOOKS.oldBar, [OLD_BAR_TABS]) : []),
      ...(drawer
        ? [...within(LOOKS.oldDrawer, LOOKS.oldDrawerParts), ...within(LOOKS.newDrawer, LOOKS.newDrawerParts)]
        : []),
    ];
    const glass = `${red}, ${red}, ${red}, ${strength / 100}`;
    return {
      css: [
        `${bars.join(',\n')} {`,
        `  background: rgba(${glass});`,
        `  color: ${text};`,
        '}',
        `${inside.join(',\n')} { color: inherit; }`,
        // The theme's grey of tabs that are not open is too dark for glass.
        ...(header ? [`${LOOKS.oldBar} ${OLD_BAR_TABS} { opacity: 0.75; }`] : []),
        // Light themes have a white one, on which white words would not be read.
        ...(drawer
          ? [`${LOOKS.oldDrawer} ${LOOKS.oldDrawerHover} { background: rgba(128, 128, 128, 0.3); }`]
          : []),
        ...(blur === 0
          ? []
          : [
              `${bars.map((bar) => `html:not(.${TV_LAYOUT}) ${bar}`).join(',\n')} {`,
              `  -webkit-backdrop-filter: blur(${blur}px);`,
              `  backdrop-filter: blur(${blur}px);`,
              '}',
            ]),
      ].join('\n'),
    };
  },
});
