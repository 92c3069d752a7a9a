import { readSource } from './web-bundle.ts';

/** The values a theme fills into web/look/theme.css. */
type Palette = Record<string, string>;

const DARK: Palette = {
  background: '#101010',
  backgroundImage: 'none',
  text: 'rgba(255, 255, 255, 0.87)',
  quiet: 'rgba(255, 255, 255, 0.7)',
  bar: 'rgba(16, 16, 16, 0.92)',
  barText: '#fff',
  shade: 'rgba(0, 0, 0, 0.6)',
  banner: 'banner-light',
  drawer: '#202020',
  hover: 'rgba(255, 255, 255, 0.1)',
  raised: '#303030',
  raisedText: 'rgba(255, 255, 255, 0.87)',
  raisedHover: '#404040',
  accent: '#00a4dc',
  accentHover: '#0cb0e8',
  field: '#292929',
  fieldBorder: '#292929',
  line: '#202020',
  toast: '#303030',
};

const LIGHT: Palette = {
  ...DARK,
  background: '#f2f2f2',
  text: '#000',
  quiet: '#555',
  bar: '#303030',
  shade: 'rgba(0, 0, 0, 0.3)',
  drawer: '#fff',
  hover: 'rgba(0, 0, 0, 0.06)',
  raised: '#d8d8d8',
  raisedText: '#000',
  raisedHover: '#c8c8c8',
  field: '#fff',
  fieldBorder: '#ccc',
  line: '#ddd',
  toast: '#fff',
};

const PALETTES: Readonly<Record<string, Palette>> = {
  dark: DARK,
  light: LIGHT,
  appletv: {
    ...LIGHT,
    background: '#d5e9f2',
    bar: 'rgba(188, 188, 188, 0.9)',
    barText: '#000',
    banner: 'banner-dark',
  },
  blueradiance: {
    ...DARK,
    background: '#033361',
    backgroundImage: 'linear-gradient(#011432, #033361)',
    drawer: '#011432',
  },
  purplehaze: {
    ...DARK,
    background: '#000420',
    backgroundImage: 'linear-gradient(#000420, #48174a)',
    drawer: '#000420',
    accent: '#48c3c8',
  },
  wmc: {
    ...DARK,
    background: '#0c2450',
    backgroundImage: 'linear-gradient(#0f3562, #0c2450)',
    drawer: '#0c2450',
  },
};

/** Ids and style sheets of all themes. */
export function themeSheets(): [id: string, css: string][] {
  const template = readSource('look/theme.css');
  return Object.entries(PALETTES).map(([id, palette]) => [
    id,
    template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => palette[name] ?? ''),
  ]);
}

/** What all themes share. */
export function siteSheet(): string {
  return ['look/site.css', 'look/icons.css', 'look/modern.css'].map(readSource).join('\n');
}
