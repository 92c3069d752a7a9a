import type { RunClient } from '../../client/client-mod.ts';
import { isThemeMedia, PLAYING_ELEMENT, type PlaybackManager, volumeAt } from '../../jellyfin/theme-media.ts';
import type { ThemeMusicOptions } from './mod.ts';

/** Turns the element that plays down when theme music begins, and back before anything else does. */
export const run: RunClient<ThemeMusicOptions> = ({ options, dependencies, guard }) => {
  const manager = dependencies['playbackManager'] as PlaybackManager | undefined;
  const theirs = manager?.play;
  if (manager === undefined || theirs === undefined) return;
  let isTheme = false;
  let element: HTMLMediaElement | undefined;
  let before = 1;
  let quiet = 1;
  const isQuiet = (): boolean => element !== undefined && Math.abs(element.volume - quiet) < 0.000001;

  function restore(): void {
    if (element !== undefined && isQuiet()) element.volume = before;
    element = undefined;
  }

  manager.play = function (wanted, ...rest) {
    guard(() => {
      isTheme = isThemeMedia(wanted);
      if (!isTheme) restore();
    })();
    return theirs.call(this, wanted, ...rest);
  };

  document.addEventListener(
    'play',
    guard(({ target }) => {
      if (!isTheme || !(target instanceof HTMLMediaElement) || !target.matches(PLAYING_ELEMENT)) return;
      // Otherwise it is the next piece, and the element is turned down already.
      if (element !== target || !isQuiet()) {
        restore();
        element = target;
        before = target.volume;
      }
      quiet = Math.min(before, volumeAt(options.volume));
      target.volume = quiet;
    }),
    true,
  );
  document.addEventListener(
    'volumechange',
    guard((event) => {
      // The client would keep it as what the person wants for everything.
      if (event.target === element && isQuiet()) event.stopImmediatePropagation();
    }),
    true,
  );
};
