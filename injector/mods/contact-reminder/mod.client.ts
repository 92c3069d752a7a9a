import type { RunClient } from '../../client/client-mod.ts';
import { HOME_TAB } from '../../jellyfin/home-page.ts';
import { playingId } from '../../jellyfin/items.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { forgetHandedToken, goToAccount, tokenForAccount } from '../../kit/my-account.client.ts';
import type { ContactReminderOptions } from './mod.ts';
import { add, confirm, line, noThanks, unconfirmed } from './texts.json';

const DAY_MS = 86_400_000;

/** What the person lacks: an address, or the proof of the one that is there. */
type Lack = 'address' | 'confirmation';

/** Shows the line on the home page, to who has no confirmed way to be reached, now and then. */
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

  function makeLine(lack: Lack): HTMLElement {
    const [sentence, go] = lack === 'address' ? [line, add] : [unconfirmed, confirm];
    const box = document.createElement('div');
    box.className = 'contact-reminder';
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', text(sentence));
    const words = box.appendChild(document.createElement('div'));
    words.className = 'contact-reminder-words';
    words.setAttribute('role', 'status');
    words.textContent = text(sentence);
    const buttons = box.appendChild(document.createElement('div'));
    buttons.className = 'contact-reminder-buttons';
    buttons.appendChild(makeButton(text(go), () => goToAccount(context)));
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
    const show = guard((lack: Lack | undefined) => {
      if (isLeft || personId() !== person) return;
      if (lack === undefined) remember('asked', 'person', String(Date.now()));
      if (lack === undefined || isElsewhere() || !isDue()) return;
      remember('shown', 'person', String(Date.now()));
      box = makeLine(lack);
      insertOnce(tab, 'line', () => box as HTMLElement, tab.firstElementChild);
    });
    askWhatLacks(context.gatehouseUrl('api/account/reminder'), token).then(show, () => show(undefined));
    return () => {
      isLeft = true;
      takeOut(box);
    };
  });
};

/** Asks our API, which asks Jellyfin whose token it is. In the body, so that no address and no log has it. */
function askWhatLacks(url: string, token: string): Promise<Lack | undefined> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .then((answer: unknown) => {
      const { isWanted, isUnconfirmed } = Object(answer) as { readonly [name: string]: unknown };
      if (isWanted !== true) return undefined;
      return isUnconfirmed === true ? 'confirmation' : 'address';
    });
}
