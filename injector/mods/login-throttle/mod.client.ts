import type { RunClient } from '../../client/client-mod.ts';
import { readSignInHeld } from '../../jellyfin/web-client.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { hours, minutes, notFromHere, resetHelps, tooMany } from './texts.json';

/** Puts a line on top of the sign-in form when Gatehouse held the sign-in back, and takes it away at the next answer. */
export const run: RunClient<{ readonly resets: boolean }> = ({
  options,
  find,
  insertOnce,
  onAnswer,
  text,
}) => {
  let lines: HTMLElement[] = [];

  function durationOf(seconds: number): string {
    const rounded = Math.ceil(seconds / 60);
    const [unit, count] = rounded < 120 ? [minutes, rounded] : [hours, Math.ceil(rounded / 60)];
    return text(unit).replace('{0}', String(count));
  }
  function makeLine(words: string): HTMLElement {
    const line = document.createElement('div');
    line.setAttribute('role', 'alert');
    line.style.margin = '1em 0';
    line.textContent = words;
    lines.push(line);
    return line;
  }

  onAnswer('signIn', ({ errorCode }) => {
    for (const line of lines) takeOut(line);
    lines = [];
    const seconds = readSignInHeld(errorCode);
    if (seconds === undefined) return;
    const why = seconds === 0 ? text(notFromHere) : text(tooMany).replace('{0}', durationOf(seconds));
    const words = options.resets ? `${why} ${text(resetHelps)}` : why;
    // At the top: the client's toast, which says to look for it, lies over the lower part of a narrow screen.
    for (const form of find('loginForm', document))
      insertOnce(form, 'held', () => makeLine(words), form.firstElementChild);
    for (const line of lines)
      if (line.getBoundingClientRect().top < 0) line.scrollIntoView({ block: 'center' });
  });
};
