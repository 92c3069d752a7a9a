/**
 * Settings of Jellyfin's web client that a browser keeps for itself, with the values they take. Each is kept as text under
 * its name before signing in, and under `<user id>-<name>` after it; those that are `global` always under the name alone.
 * Source: `scripts/settings/userSettings.js` and `appSettings.js` of jellyfin-web 10.8.13 to 12.0.
 */
export const CLIENT_SETTINGS = {
  allowedAudioChannels: {},
  appTheme: {},
  backdropScreensaverInterval: {},
  blurhash: {},
  datetimelocale: {},
  detailsBanner: {},
  disableCustomCss: {},
  enableBackdrops: {},
  enableCinemaMode: {},
  enableNextVideoInfoOverlay: {},
  enableRewatchingInNextUp: {},
  enableThemeSongs: {},
  enableThemeVideos: {},
  enableVideoRemainingTime: {},
  fastFadein: {},
  language: {},
  libraryPageSize: {},
  limitSegmentLength: {},
  maxDaysForNextUp: {},
  preferFmp4HlsContainer: {},
  screensaver: {},
  screensaverTime: {},
  selectAudioNormalization: {},
  skin: {},
  slideshowInterval: {},
  soundeffects: {},
  enableAutoLogin: { isGlobal: true },
  enableGamepad: { isGlobal: true },
  layout: { isGlobal: true },
  maxVideoWidth: { isGlobal: true },
} as const satisfies Record<string, { readonly isGlobal?: true }>;

/** Name of a setting that the browser keeps. */
export type ClientSetting = keyof typeof CLIENT_SETTINGS;
