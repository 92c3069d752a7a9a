import type { RunClient } from '../../client/client-mod.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { LANGUAGE_COOKIE } from '../../kit/language-cookie.ts';
import { showCode } from './code-dialog.client.ts';
import type { ForgotPasswordLead } from './mod.ts';

/** Leads people from the Forgot Password button, and from its page however they got there, to where the admin wants them. */
export const run: RunClient<ForgotPasswordLead> = (context) => {
  const { options, dependencies, onPage, onPress, find, onAnswer } = context;
  const { showPage, gatehouseUrl, leaveTo, isFramed } = context;
  const { to } = options;
  if (to === 'login') {
    onPage(['forgotPassword'], () => {
      showPage('login');
    });
    return;
  }
  if (to === 'form' || to === 'pin-page') {
    onPage(['forgotPassword'], () => {
      sayLanguage(dependencies.globalize.getCurrentLocale());
      return () => sayLanguage(undefined);
    });
    let isGoingOn = false;
    onPress('forgotPasswordButton', (press) => {
      const button = shown(find('forgotPasswordButton', document));
      if (isGoingOn || button === undefined || !isTelevision()) return;
      showCode(context, button, () => {
        isGoingOn = true;
        button.click();
        isGoingOn = false;
      });
      press.prevent();
    });
  }
  if (to === 'form') return;
  if (to === 'pin-page') {
    // A PIN that is typed here would be spent for a page that cannot be shown; ours takes it on another device.
    if (isFramed)
      onPage(['forgotPasswordPin'], () => leaveTo(gatehouseUrl('pin'), { replace: true }) as undefined);
    onAnswer('redeemPin', ({ status, body, replace, withhold }) => {
      const token = tokenIn(body);
      if (token !== undefined) {
        withhold();
        leaveTo(gatehouseUrl(`reset#${token}`), { replace: true, elsewhere: gatehouseUrl('account') });
      } else if (status === 404) {
        // What the server says to a wrong PIN; left to itself, the client says nothing about it.
        replace({ Success: false, UsersReset: [] });
      }
    });
    return;
  }
  const url = to === 'account' ? gatehouseUrl('account') : to.url;
  onPress('forgotPasswordButton', (press) => {
    press.prevent();
    const leave = () => {
      if (to === 'account' && !isFramed) handName(typedName(find('loginName', document)));
      leaveTo(url);
    };
    const button = shown(find('forgotPasswordButton', document));
    if (to !== 'account' || button === undefined || !isTelevision()) leave();
    else showCode(context, button, isFramed ? undefined : leave);
  });
  // Back must not end on the page that leads away again.
  onPage(['forgotPassword'], () => {
    leaveTo(url, { replace: true });
  });
};

/**
 * Says to the server, while the form shows, which language the client speaks: the message should speak it too, and the client's
 * own call says the browser's. A cookie, as the call is made in three ways from 10.8 to 12; undefined takes it back.
 */
function sayLanguage(locale: string | undefined): void {
  const { location } = window;
  // Jellyfin's base, with the slash at its end: that of the client's own folder and its file are left out.
  const path = `${location.pathname.split('/').slice(0, -2).join('/')}/`;
  const safe = location.protocol === 'https:' ? '; Secure' : '';
  // Whoever leaves for another site takes nothing back: an hour then ends it.
  const life = `; Max-Age=${locale === undefined ? 0 : 3600}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there over plain http, nor in older browsers.
  document.cookie = `${LANGUAGE_COOKIE}=${(locale ?? '').replace(/_/g, '-')}; Path=${path}; SameSite=Strict${safe}${life}`;
}

/** Whether people type with a remote control; they may switch the layout on and off. */
function isTelevision(): boolean {
  return document.documentElement.classList.contains(TV_LAYOUT);
}

/** The one of a page that shows: the client keeps hidden copies of earlier ones. */
function shown(elements: readonly HTMLElement[]): HTMLElement | undefined {
  return elements.filter((element) => element.closest('.hide') === null)[0];
}

/** What was typed into the form that shows; empty where there is none, as where people choose themselves by a picture. */
function typedName(fields: readonly HTMLElement[]): string {
  const field = shown(fields);
  return field instanceof HTMLInputElement ? field.value.trim() : '';
}

/** Hands a name to My Account, which takes it out again (`ui/pages/account.ts`); no address and no log has it on the way. */
function handName(name: string): void {
  try {
    if (name === '') sessionStorage.removeItem('gatehouse-name');
    else sessionStorage.setItem('gatehouse-name', name);
  } catch {
    // A browser that keeps nothing; the name is typed again.
  }
}

/** The token of the link that a good PIN was exchanged for; it stands among the names of the people who were reset. */
function tokenIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('UsersReset' in body)) return undefined;
  return /\/gatehouse\/reset#([\w-]{43})(?![\w-])/.exec(String(body.UsersReset))?.[1];
}
