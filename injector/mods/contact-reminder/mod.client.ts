import type { RunClient } from '../../client/client-mod.ts';
import { HOME_TAB } from '../../jellyfin/home-page.ts';
import { playingId } from '../../jellyfin/items.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { forgetHandedToken, goToAccount, tokenForAccount } from '../../kit/my-account.client.ts';
import type { ContactReminderOptions } from './mod.ts';
import { add, line, noThanks } from './texts.json';

const DAY_MS = 86_400_000;

/** Shows the line on the home page, to who has no way to be reached, now and then. */
export const run: RunClient<ContactReminderOptions> = (context) => {
  const { options, dependencies, onPage, insertOnce, personId, text, recall, remember, guard } = context;
  forgetHandedToken();

  /** A clock that was wrong once, and a store that somebody filled, make it due. */
  const isPast = (name: string, days: number): boolean =>
    !(Math.abs(Date.now() - Number(recall(name, 'person') ?? Number.NaN)) < days * DAY_MS);
  const isDue = (): boolean =>
    recall('no', 'person') === undefined && isPast('shown', options.days) && isPast('asked', 1);
  const isElsewhere = (): boolean =>
    document.documentElement.classList.contains(TV_LAYOUT) ||
    playingId(dependencies['playbackManager']) !== undefined;

  function makeButton(words: string, press: () => void): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.onclick = guard(press);
    return button;
  }

  function makeLine(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'contact-reminder';
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', text(line));
    const words = box.appendChild(document.createElement('div'));
    words.className = 'contact-reminder-words';
    words.setAttribute('role', 'status');
    words.textContent = text(line);
    const buttons = box.appendChild(document.createElement('div'));
    buttons.className = 'contact-reminder-buttons';
    buttons.appendChild(makeButton(text(add), () => goToAccount(context)));
    const refuse = () => {
      remember('no', 'person', 'yes');
      takeOut(box);
    };
    buttons.appendChild(makeButton(text(noThanks), refuse));
    return box;
  }

  onPage(['home'], (page) => {
    const tab = page.querySelector(HOME_TAB);
    const person = personId();
    const token = tokenForAccount(context);
    if (tab === null || token === undefined || isElsewhere() || !isDue()) return undefined;
    let box: HTMLElement | undefined;
    let isLeft = false;
    const show = guard((isWanted: boolean) => {
      if (isLeft || personId() !== person) return;
      if (!isWanted) remember('asked', 'person', String(Date.now()));
      if (!isWanted || isElsewhere() || !isDue()) return;
      remember('shown', 'person', String(Date.now()));
      box = makeLine();
      insertOnce(tab, 'line', () => box as HTMLElement, tab.firstElementChild);
    });
    askWhetherWanted(context.gatehouseUrl('api/account/reminder'), token).then(show, () => show(false));
    return () => {
      isLeft = true;
      takeOut(box);
    };
  });
};

/** Asks our API, which asks Jellyfin whose token it is. In the body, so that no address and no log has it. */
function askWhetherWanted(url: string, token: string): Promise<boolean> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .then((answer: unknown) => (Object(answer) as { readonly isWanted?: unknown }).isWanted === true);
}
