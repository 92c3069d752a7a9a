import { type ComponentChild, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { moveWithArrows } from './arrow-keys.ts';
import { forgetSecret } from './fragment-secret.ts';
import { html } from './html.ts';
import { takePin } from './link-pin.ts';
import { takeToken } from './link-token.ts';
import { Account } from './pages/account.ts';
import { ChoosePassword } from './pages/choose-password.ts';
import { RedeemPin } from './pages/redeem-pin.ts';
import type { Strings } from './strings/en.ts';

/** What all pages need. */
export interface AppProps {
  readonly strings: Strings;
  readonly api: Api;
}

/** Reads the link a page was opened with, anew when another one is pasted over it: only its fragment differs. */
function useLink<Link>(take: (place: Window) => Link): { readonly link: Link; readonly count: number } {
  const [opened, setOpened] = useState(() => ({ link: take(window), count: 0 }));
  useEffect(() => {
    const reopen = () =>
      setOpened(({ link, count }) =>
        window.location.hash.length > 1 ? { link: take(window), count: count + 1 } : { link, count },
      );
    window.addEventListener('hashchange', reopen);
    return () => window.removeEventListener('hashchange', reopen);
  }, [take]);
  return opened;
}

const forget = () => forgetSecret(window);

/** The page of a reset link. */
function ResetPage({ strings, api }: AppProps): ComponentChild {
  const { link, count } = useLink(takeToken);
  return h(ChoosePassword, { key: count, strings, api, link, onEnd: forget });
}

/** The page for PINs. It leaves no entry in the history: Back would lead to a button that was pressed. */
function PinPage({ strings, api }: AppProps): ComponentChild {
  const { link, count } = useLink(takePin);
  const onToken = (token: string) => window.location.replace(`reset#${token}`);
  return h(RedeemPin, { key: count, strings, api, link, onEnd: forget, onToken });
}

/** Pages by the end of their address; every other address is My Account. */
const PAGES = new Map([
  ['reset', ResetPage],
  ['pin', PinPage],
]);

/** Shows the page that belongs to the address: `…/reset`, `…/pin`, or My Account for every other. */
export function App(props: AppProps): ComponentChild {
  useEffect(() => {
    document.addEventListener('keydown', moveWithArrows);
    return () => document.removeEventListener('keydown', moveWithArrows);
  }, []);
  const page = PAGES.get(window.location.pathname.split('/').pop() ?? '') ?? Account;
  return html`<main>${h(page, props)}</main>`;
}
