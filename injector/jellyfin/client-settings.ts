/**
 * Settings of Jellyfin's web client that a browser keeps for itself, with the values they take. Each is kept as text under
 * its name before signing in, and under `<user id>-<name>` after it; those of `GLOBAL_SETTINGS` always under the name alone.
 * `skin` and `soundeffects` are kept as well, and nothing reads them.
 * Source: `scripts/settings/userSettings.js` and `appSettings.js` of jellyfin-web 10.8.13 to 12.0.
 */
export const CLIENT_SETTINGS = [
  'allowedAudioChannels',
  'appTheme',
  'backdropScreensaverInterval',
  'blurhash',
  'datetimelocale',
  'detailsBanner',
  'disableCustomCss',
  'enableBackdrops',
  'enableCinemaMode',
  'enableNextVideoInfoOverlay',
  'enableRewatchingInNextUp',
  'enableThemeSongs',
  'enableThemeVideos',
  'enableVideoRemainingTime',
  'fastFadein',
  'language',
  'libraryPageSize',
  'limitSegmentLength',
  'maxDaysForNextUp',
  'preferFmp4HlsContainer',
  'screensaver',
  'screensaverTime',
  'selectAudioNormalization',
  'slideshowInterval',
  'enableAutoLogin',
  'enableGamepad',
  'layout',
  'maxVideoWidth',
] as const;

/** Name of a setting that the browser keeps. */
export type ClientSetting = (typeof CLIENT_SETTINGS)[number];

/** Settings that are the same for everybody who uses the browser. */
export const GLOBAL_SETTINGS: readonly ClientSetting[] = [
  'enableAutoLogin',
  'enableGamepad',
  'layout',
  'maxVideoWidth',
];

/** What the client takes a device for. */
export type Device = 'desktop' | 'mobile' | 'tv';

/**
 * Tells what the client takes a device for when nothing is chosen; what says that it is both is `mobile`, as there.
 * Source: `scripts/browser.js` (isMobile, isTv) and `autoLayout` of `components/layoutManager.js`, jellyfin-web 10.11.11.
 *
 * @param userAgent `navigator.userAgent`.
 */
export function deviceOf(userAgent: string): Device {
  if (/mobi|ipad|iphone|ipod|silk|gt-p1000|nexus 7|kindle fire/i.test(userAgent)) return 'mobile';
  if (/oculusbrowser/i.test(userAgent)) return 'desktop';
  return /tv|samsungbrowser|viera|titanos|web0s|netcast|kepler|xbox|playstation 4/i.test(userAgent)
    ? 'tv'
    : 'desktop';
}

/**
 * Words of `layout` by what a person would call it, and by version. Up to 10.11 a word that is not known leaves the
 * client without any layout; 10.8 has one layout only. A television has one that is made for it on every version.
 * Source: `components/layoutManager.js` of jellyfin-web 10.8.13 to 12.0, `constants/layoutMode.ts` of 12.0.
 */
export const LAYOUTS = {
  legacy: [
    { jellyfin: '>=12', value: { desktop: 'desktop-legacy', mobile: 'mobile-legacy' } },
    // What they show anyway: of use against a choice only.
    { jellyfin: '<12', value: { desktop: 'desktop', mobile: 'mobile' }, isUsual: true },
  ],
  modern: [
    { jellyfin: '>=12', value: { desktop: 'modern', mobile: 'modern' } },
    { jellyfin: '>=10.9 <12', value: { desktop: 'experimental', mobile: 'experimental' } },
  ],
  desktop: [{ jellyfin: '>=10.8', value: { desktop: 'desktop', mobile: 'desktop' } }],
  mobile: [{ jellyfin: '>=10.8', value: { desktop: 'mobile', mobile: 'mobile' } }],
  tv: [{ jellyfin: '>=10.8', value: 'tv' }],
} as const;

/** Ids of screensavers. Source: `plugins/{backdrop,logo}Screensaver/plugin.js` of jellyfin-web 10.8.13 to 12.0. */
export const SCREENSAVERS = {
  none: 'none',
  backdrops: 'backdropscreensaver',
  logo: 'logoscreensaver',
} as const;

/** How loudness is evened out. Source: `components/playbackSettings` of jellyfin-web 10.9 to 12.0. */
export const AUDIO_NORMALIZATIONS = { off: 'Off', track: 'TrackGain', album: 'AlbumGain' } as const;

/** Values of `allowedAudioChannels`; -1 is all there are. Source: `components/playbackSettings` of jellyfin-web 10.8.13 to 12.0. */
export const AUDIO_CHANNELS = { all: '-1', mono: '1', stereo: '2', 5.1: '6', 7.1: '8' } as const;

/** Values of `maxVideoWidth` besides a number of pixels. Source: `components/playbackSettings` of jellyfin-web 10.11.11. */
export const VIDEO_WIDTHS = { auto: '0', screen: '-1' } as const;
