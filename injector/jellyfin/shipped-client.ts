/**
 * Digests (SHA-256, hex) of pictures of the web client, by the hash that webpack put into their names: a file of such a
 * name with another digest was replaced by hand.
 * Source: builds of jellyfin-web 10.8.13 and 10.11.11; the pictures are the same in both, and the hash is of their bytes.
 */
export const SHIPPED_PICTURES: {
  readonly [hash: string]: { readonly use: 'icon' | 'start-logo'; readonly sha256: string };
} = {
  bc8d51405ec040305a87: {
    use: 'icon',
    sha256: '2d01a6171b7ef8ffb8d1f6f9c24a9b9dc8c0186c6fbd653760ff7a34b626f8e8',
  },
  f5bbb798cb2c65908633: {
    use: 'icon',
    sha256: 'c346ac6eb60df8f65c1cdbe3fb32c57dfc22e1420abc43d2696b081884b44a21',
  },
  baba78f2a106d9baee83: {
    use: 'start-logo',
    sha256: 'f3a12b9fdf5b5dfcf38d2b1cb2eebfb2c55b33d3db8a5776420feb4aeb230ffc',
  },
  b113d4d1c6c07fcb73f0: {
    use: 'start-logo',
    sha256: 'ec1f8120bcad24956c1efa14acb2b8e031c6327717d413b188946314424b9e13',
  },
};

/** Pictures of the start, by the address the shipped style sheet has for them, with a hash or without. */
export const SHIPPED_SPLASH =
  /(?:^|\/)(?:icon-transparent|banner-light|banner-dark)(?:\.[0-9a-f]{20})?\.png$/;

/** Settings that are on or off, as the client has them where nobody chose. Source: `userSettings.js` of jellyfin-web 10.8.13 to 12.0. */
export const SHIPPED_SWITCHES: { readonly [setting: string]: boolean } = {
  enableBackdrops: false,
  enableThemeSongs: false,
  enableThemeVideos: false,
  enableCinemaMode: true,
  enableNextVideoInfoOverlay: true,
  blurhash: true,
  fastFadein: true,
  detailsBanner: true,
};

/** Settings that are numbers, in the same way. */
export const SHIPPED_NUMBERS: { readonly [setting: string]: number } = {
  libraryPageSize: 100,
  maxDaysForNextUp: 365,
};

/** What the manifest says of the app, and the icons in it. Source: `manifest.json` of jellyfin-web 10.8.13 to 10.11.11. */
export const SHIPPED_MANIFEST = {
  name: 'Jellyfin',
  short_name: 'Jellyfin',
  description: 'The Free Software Media System',
  theme_color: '#101010',
  background_color: '#101010',
} as const;

/** Elements that the shipped page has right below `<body>`. Source: `index.html` of jellyfin-web 10.8.13 to 12.0. */
export const SHIPPED_BODY =
  '#reactRoot, .backdropContainer, .backgroundContainer, .mainDrawer, .skinHeader, .mainAnimatedPages, .mainDrawerHandle, .splashLogo';
