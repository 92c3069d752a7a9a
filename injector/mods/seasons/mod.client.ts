import type { RunClient } from '../../client/client-mod.ts';
import { PAGES } from '../../jellyfin/anchors.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { effectOn, type Season } from './calendar.ts';
import { type Amount, animate, particlesOn } from './sky.client.ts';
import { off } from './texts.json';

interface Options {
  readonly rules: readonly Season[];
  readonly amount: Amount;
}

/** Cores below which a device gets less of it; a browser that does not say how many counts as one of them. */
const FEW_CORES = 4;

/** Shows the effect of the day on every page but that of a film; who switches it off sees it no more in that browser. */
export const run: RunClient<Options> = (context) => {
  const { options, onPage, insertOnce, recall, remember, personId, text, guard } = context;
  const whose = () => (personId() === undefined ? 'browser' : 'person');
  let shown: { readonly effect: string; readonly parts: readonly HTMLElement[]; end(): void } | undefined;

  function end(): void {
    shown?.end();
    for (const part of shown?.parts ?? []) takeOut(part);
    shown = undefined;
  }
  function begin(effect: Season['effect']): void {
    const isSlow = (navigator.hardwareConcurrency ?? 0) < FEW_CORES;
    const canvas = document.createElement('canvas');
    canvas.className = 'seasons-sky';
    canvas.setAttribute('aria-hidden', 'true');
    const button = document.createElement('button');
    button.className = 'seasons-off';
    button.type = 'button';
    button.title = text(off);
    button.setAttribute('aria-label', button.title);
    button.textContent = '×';
    button.onclick = guard(() => {
      remember('off', whose(), effect);
      end();
    });
    insertOnce(document.body, 'sky', () => canvas);
    insertOnce(document.body, 'off', () => button);
    const count = () => particlesOn(effect, options.amount, canvas.clientWidth, isSlow);
    shown = { effect, parts: [canvas, button], end: animate(canvas, effect, count, guard) };
  }

  onPage('every', (page) => {
    const isNone =
      page.matches(PAGES.video) ||
      document.documentElement.classList.contains(TV_LAYOUT) ||
      window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const effect = isNone ? undefined : effectOn(options.rules, new Date());
    const wanted = recall('off', whose()) === effect ? undefined : effect;
    // It goes on over pages; when the person changes, what was inserted is taken away, and begins anew.
    if (shown?.effect !== wanted || shown?.parts[0]?.parentNode === null) end();
    if (wanted !== undefined && shown === undefined) begin(wanted);
    return undefined;
  });
};
