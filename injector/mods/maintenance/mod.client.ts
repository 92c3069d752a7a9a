import type { RunClient } from '../../client/client-mod.ts';
import { PAGES } from '../../jellyfin/anchors.ts';
import { HOME_TAB } from '../../jellyfin/home-page.ts';
import { OWN_USER, readIsAdministrator } from '../../jellyfin/own-user.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { makeNotice } from '../../kit/notice.client.ts';
import type { MaintenanceOptions } from './mod.ts';
import { close, forAdministrators, now, soon } from './texts.json';

/** Longest that timers of browsers wait, in milliseconds. */
const MAX_WAIT = 2147483647;

/** Tells of the time before it comes and while it lasts, by the clock of the browser; asks again when it changes. */
export const run: RunClient<MaintenanceOptions> = ({
  options,
  dependencies,
  onPage,
  find,
  insertOnce,
  text,
  personId,
  ask,
  recall,
  remember,
  guard,
}) => {
  const { start, end, notice, isPage } = options;
  let shown: HTMLElement[] = [];

  function remove(): void {
    for (const element of shown) takeOut(element);
    shown = [];
    document.documentElement.classList.remove('maintenance-covered');
  }

  function sayTime(at: number): string {
    const form = {
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      hour: 'numeric',
      minute: '2-digit',
    } as const;
    try {
      return new Date(at).toLocaleString(dependencies.globalize.getCurrentLocale(), form);
    } catch {
      return new Date(at).toLocaleString();
    }
  }
  function words(isNow: boolean): string {
    if (options.text !== null) return text(options.text);
    return isNow
      ? text(now).replace('{0}', sayTime(end))
      : text(soon).replace('{0}', sayTime(start)).replace('{1}', sayTime(end));
  }

  function showNotice(page: HTMLElement, isNow: boolean): void {
    const of = personId() === undefined ? 'browser' : 'person';
    const mark = `${isNow ? 'now' : 'soon'} ${start} ${end}`;
    const place = page.matches(PAGES.login)
      ? find('loginForm', page)[0]?.parentElement
      : page.querySelector(HOME_TAB);
    if (!place || recall('closed', of) === mark) return;
    const onClose = () => remember('closed', of, mark);
    const box = makeNotice({ prefix: 'maintenance', words: words(isNow), close: text(close), onClose });
    shown.push(box);
    insertOnce(place, 'notice', () => box, place.firstElementChild);
  }

  function showPage(): void {
    const cover = document.createElement('div');
    cover.className = 'maintenance-page';
    cover.setAttribute('role', 'alertdialog');
    cover.tabIndex = -1;
    cover.appendChild(document.createElement('p')).textContent = words(true);
    if (personId() === undefined) {
      const button = cover.appendChild(document.createElement('button'));
      button.type = 'button';
      button.textContent = text(forAdministrators);
      button.addEventListener('click', guard(remove));
    }
    cover.setAttribute('aria-label', words(true));
    shown.push(cover);
    insertOnce(document.body, 'page', () => cover);
    document.documentElement.classList.add('maintenance-covered');
    cover.focus();
  }

  function coverFor(isStill: () => boolean): void {
    if (personId() === undefined) {
      showPage();
      return;
    }
    const cover = guard(() => {
      if (isStill()) showPage();
    });
    const decide = guard((user: unknown) => {
      if (!readIsAdministrator(user)) cover();
    });
    // A server that does not answer is away, as was said.
    ask(OWN_USER).then(decide, cover);
  }

  onPage('every', (page) => {
    let isHere = true;
    let timer: number | undefined;
    const update = guard(() => {
      remove();
      const at = Date.now();
      const next = [notice, start, end].filter((time) => time > at)[0];
      if (next !== undefined) timer = window.setTimeout(update, Math.min(next - at + 50, MAX_WAIT));
      if (at < notice || at >= end || page.matches(PAGES.video)) return;
      if (at >= start && isPage) coverFor(() => isHere && Date.now() < end);
      else if (page.matches(`${PAGES.login}, ${PAGES.home}`)) showNotice(page, at >= start);
    });
    update();
    return () => {
      isHere = false;
      window.clearTimeout(timer);
      remove();
    };
  });
};
