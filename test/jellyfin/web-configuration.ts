import type { Generation } from './web-bundle.ts';

const THEMES = [
  { name: 'Apple TV', id: 'appletv', color: '#bcbcbc' },
  { name: 'Blue Radiance', id: 'blueradiance', color: '#011432' },
  { name: 'Dark', id: 'dark', color: '#202020', default: true },
  { name: 'Light', id: 'light', color: '#303030' },
  { name: 'Purple Haze', id: 'purplehaze', color: '#000420' },
  { name: 'WMC', id: 'wmc', color: '#0c2450' },
];

const PLUGINS = [
  'playAccessValidation/plugin',
  'experimentalWarnings/plugin',
  'htmlAudioPlayer/plugin',
  'htmlVideoPlayer/plugin',
  'photoPlayer/plugin',
  'comicsPlayer/plugin',
  'bookPlayer/plugin',
  'youtubePlayer/plugin',
  'backdropScreensaver/plugin',
  'pdfPlayer/plugin',
  'logoScreensaver/plugin',
  'sessionPlayer/plugin',
  'chromecastPlayer/plugin',
];

/** config.json: the same keys on all versions, one more plugin from 10.9 on and another on 12. */
export function configurationOf(generation: Generation) {
  const later = [
    ...(generation >= 12 ? ['stillWatching/plugin'] : []),
    ...(generation >= 9 ? ['syncPlay/plugin'] : []),
  ];
  return {
    includeCorsCredentials: false,
    multiserver: false,
    themes: THEMES,
    menuLinks: [],
    servers: [],
    plugins: [...PLUGINS, ...later],
  };
}

/** The web app manifest; its start address follows the routes of the version. */
export function manifestOf(generation: Generation) {
  const home = generation === 8 ? '#!/home.html' : generation <= 10 ? '#/home.html' : '#/home';
  const folder = generation >= 11 ? 'favicons/' : '';
  return {
    name: 'Jellyfin',
    description: 'The Free Software Media System',
    lang: 'en-US',
    short_name: 'Jellyfin',
    start_url: `index.html${home}`,
    theme_color: '#101010',
    background_color: '#101010',
    display: 'standalone',
    icons: [72, 114, 144, 512].map((size) => ({
      sizes: `${size}x${size}`,
      src: `${folder}touchicon${size}.png`,
      type: 'image/png',
    })),
  };
}

/** The name index.html links the manifest by: hashed copies up to 10.10. */
export function manifestName(generation: Generation): string {
  if (generation === 8) return '64d966784cd77b03a79c.json';
  return generation <= 10 ? 'fd4301fdc170fd202474.json' : 'manifest.json';
}
