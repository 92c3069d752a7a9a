import type { RunClient } from '../../client/client-mod.ts';
import { PAGES } from '../../jellyfin/anchors.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import {
  makeSettingsEntry,
  nameSettingsEntry,
  SETTINGS_PROFILE,
} from '../../jellyfin/settings-menu.client.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { type Effect, effectOn, type Season } from './calendar.ts';
import { type Amount, animate, particlesOn } from './sky.client.ts';
import { off, on } from './texts.json';

interface Options {
  readonly rules: readonly Season[];
  readonly amount: Amount;
}

/** Cores below which a device gets less of it; a browser that does not say how many counts as one of them. */
const FEW_CORES = 4;

/**
 * Shows the effect of the day on every page but that of a film. Who switches it off sees it no more in that browser, until they
 * switch it on again: in their settings, or before signing in by the same button.
 */
export const run: RunClient<Options> = (context) => {
  const { options, onPage, insertOnce, recall, remember, personId, text, guard } = context;
  const whose = () => (personId() === undefined ? 'browser' : 'person');
  const isOff = (effect: Effect) => recall('off', whose()) === effect;
  let sky: { readonly effect: Effect; readonly canvas: HTMLElement; end(): void } | undefined;
  let button: HTMLButtonElement | undefined;

  /** It goes on over pages; when the person changes, what was inserted is taken away, and begins anew. */
  function showSky(effect: Effect | undefined): void {
    if (sky !== undefined && (sky.effect !== effect || sky.canvas.parentNode === null)) {
      sky.end();
      takeOut(sky.canvas);
      sky = undefined;
    }
    if (effect === undefined || sky !== undefined) return;
    const isSlow = (navigator.hardwareConcurrency ?? 0) < FEW_CORES;
    const canvas = document.createElement('canvas');
    canvas.className = 'seasons-sky';
    canvas.setAttribute('aria-hidden', 'true');
    insertOnce(document.body, 'sky', () => canvas);
    const count = () => particlesOn(effect, options.amount, canvas.clientWidth, isSlow);
    sky = { effect, canvas, end: animate(canvas, effect, count, guard) };
  }

  function showButton(effect: Effect | undefined, page: HTMLElement): void {
    takeOut(button);
    button = undefined;
    // Who is signed in has an entry in the settings instead of one more thing on every page.
    if (effect === undefined || (isOff(effect) && personId() !== undefined)) return;
    const made = document.createElement('button');
    made.type = 'button';
    made.className = isOff(effect) ? 'seasons-switch seasons-is-off' : 'seasons-switch';
    made.title = text(isOff(effect) ? on : off);
    made.setAttribute('aria-label', made.title);
    made.textContent = isOff(effect) ? '+' : '×';
    made.onclick = guard(() => {
      turn(effect, page);
      button?.focus();
    });
    button = made;
    insertOnce(document.body, 'switch', () => made);
  }

  function showEntry(effect: Effect | undefined, page: HTMLElement): void {
    const profile = page.matches(PAGES.settings) ? page.querySelector<HTMLElement>(SETTINGS_PROFILE) : null;
    if (!profile?.parentElement) return;
    const old = profile.parentElement.querySelector<HTMLElement>('.seasons-entry');
    if (effect === undefined) {
      takeOut(old);
      return;
    }
    const entry = old ?? makeSettingsEntry(profile, 'ac_unit', 'seasons-entry');
    nameSettingsEntry(entry, text(isOff(effect) ? on : off));
    entry.onclick = guard((event: Event) => {
      event.preventDefault();
      turn(effect, page);
    });
    insertOnce(profile.parentElement, 'entry', () => entry);
  }

  function turn(effect: Effect, page: HTMLElement): void {
    remember('off', whose(), isOff(effect) ? undefined : effect);
    show(page);
  }

  function show(page: HTMLElement): void {
    const isNone =
      page.matches(PAGES.video) ||
      document.documentElement.classList.contains(TV_LAYOUT) ||
      window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const effect = isNone ? undefined : effectOn(options.rules, new Date());
    showSky(effect === undefined || isOff(effect) ? undefined : effect);
    showButton(effect, page);
    showEntry(effect, page);
  }

  onPage('every', (page) => {
    show(page);
    return undefined;
  });
};
