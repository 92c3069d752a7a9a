/** What the name of a font's file says, in words of CSS. */
export interface FontName {
  /** How it begins: letters, digits and blanks; `Font` where it has none. */
  readonly family: string;
  readonly format: 'woff2' | 'woff' | 'truetype' | 'opentype';
  /** `700`, or `100 900` for a variable font. */
  readonly weight: string;
  readonly style: 'normal' | 'italic';
}

/** Longer names before those they end in. Source: CSS Fonts 4, section 2.2.1, and names that foundries give. */
const WEIGHTS: readonly (readonly [RegExp, string])[] = [
  [/(?:extra|ultra)-?light|\b200/i, '200'],
  [/(?:extra|ultra)-?bold|\b800/i, '800'],
  [/(?:semi|demi)-?bold|\b600/i, '600'],
  [/thin|hairline|\b100/i, '100'],
  [/light|\b300/i, '300'],
  [/medium|\b500/i, '500'],
  [/bold|\b700/i, '700'],
  [/black|heavy|\b900/i, '900'],
];

const FORMATS = { woff2: 'woff2', woff: 'woff', ttf: 'truetype', otf: 'opentype' } as const;

/**
 * Reads the name of a font's file, e.g. `Inter-SemiBoldItalic.woff2` or `Open_Sans[wght].ttf`. Never throws; what it does
 * not say is regular, weight 400.
 *
 * @param name With or without a folder before it.
 */
export function readFontName(name: string): FontName {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  const [stem, ending] = [dot === -1 ? file : file.slice(0, dot), file.slice(dot + 1).toLowerCase()];
  const end = stem.search(/[-[]/);
  const [first, rest] = end === -1 ? [stem, ''] : [stem.slice(0, end), stem.slice(end)];
  const family = first
    .replace(/[^a-z0-9]+/gi, ' ')
    .trim()
    .slice(0, 40);
  // A blank where words meet, so that digits begin a word: `-700Italic`, `_italic_500`.
  const said = rest.replace(/[^a-z0-9]+/gi, ' ');
  const isVariable = /wght|variable|\bvf\b/i.test(rest);
  const weight = WEIGHTS.find(([pattern]) => pattern.test(said))?.[1] ?? '400';
  return {
    family: family === '' ? 'Font' : family,
    format: ending in FORMATS ? FORMATS[ending as keyof typeof FORMATS] : 'woff2',
    weight: isVariable ? '100 900' : weight,
    style: /italic|oblique/i.test(said) ? 'italic' : 'normal',
  };
}
