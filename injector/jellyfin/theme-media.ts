/**
 * The elements that play: one for sound, which stays for the life of the client and keeps its volume from one piece to the next,
 * and one for pictures. Source: `plugins/htmlAudioPlayer/plugin.js`, `plugins/htmlVideoPlayer/plugin.js` of jellyfin-web
 * 10.8.13 to 12.0.
 */
export const PLAYING_ELEMENT = '.mediaPlayerAudio, .htmlvideoplayer';

/** How the client plays. Source: `components/playback/playbackmanager.js` of jellyfin-web 10.8.13 to 12.0. */
export interface PlaybackManager {
  play?: (this: unknown, options: unknown, ...rest: unknown[]) => unknown;
}

/**
 * Whether the client plays the music of the page that shows, and nothing that a person chose: only then neither the call nor any
 * of the pieces wants to fill the screen. Source: `components/themeMediaPlayer.js` of jellyfin-web 10.8.13 to 12.0.
 *
 * @param options First value of `PlaybackManager.play`.
 */
export function isThemeMedia(options: unknown): boolean {
  const { items, fullscreen } = (options ?? {}) as {
    readonly items?: unknown;
    readonly fullscreen?: unknown;
  };
  if (fullscreen !== false || !Array.isArray(items) || items.length === 0) return false;
  return (items as { playOptions?: { fullscreen?: unknown } }[]).every(
    (item) => item?.playOptions?.fullscreen === false,
  );
}

/**
 * What the client makes of a place of its volume slider. Source: `setVolume` in `plugins/htmlAudioPlayer/plugin.js` of
 * jellyfin-web 10.8.13 to 12.0.
 *
 * @param percent 0 to 100.
 * @returns As `HTMLMediaElement.volume`, 0 to 1.
 */
export function volumeAt(percent: number): number {
  return (percent / 100) ** 3;
}
