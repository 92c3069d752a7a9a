/**
 * The font of the client, and where it says so. On 10.8 to 12.0 everything inherits that of `html`, but for what Material UI
 * draws (12, and the experimental layout before), which names it again; icons are letters of a font of their own.
 * Source: `styles/fonts.scss` and `themes/…` of jellyfin-web 10.8.13 to 12.0, built.
 */
export const FONT_PLACES = {
  everywhere: 'html, [class*="Mui"]:not(.material-icons)',
  headings:
    'h1, h2, h3, h4, .pageTitle, .sectionTitle, .MuiTypography-h1, .MuiTypography-h2, .MuiTypography-h3',
} as const;

/** Fonts of the client that have what another lacks, such as signs of Chinese, by the language in which they come first. */
const SIGNS: readonly (readonly [language: string | undefined, order: readonly string[]])[] = [
  [undefined, ['HK', 'JP', 'KR', 'SC', 'TC']],
  ['ja', ['JP', 'HK', 'KR', 'SC', 'TC']],
  ['ko', ['KR', 'HK', 'JP', 'SC', 'TC']],
  ['zh-CN', ['SC', 'HK', 'JP', 'KR', 'TC']],
  ['zh-TW', ['TC', 'HK', 'JP', 'KR', 'SC']],
];

/** What stands behind a font of another's, by language as `lang` of `html` has it; undefined is every other. */
export const FONTS_BEHIND = SIGNS.map(([language, order]) => ({
  language,
  fonts: ['"Noto Sans"', ...order.map((area) => `"Noto Sans ${area}"`), 'sans-serif'].join(', '),
}));
