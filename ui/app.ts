import { type ComponentChild, h } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import { moveWithArrows } from './arrow-keys.ts';
import { html } from './html.ts';
import { forgetToken, takeToken } from './link-token.ts';
import { Account } from './pages/account.ts';
import { ChoosePassword } from './pages/choose-password.ts';
import type { Strings } from './strings/en.ts';

/** What all pages need. */
export interface AppProps {
  readonly strings: Strings;
  readonly api: Api;
}

/** The page of a reset link. A link pasted over another one in the same tab begins anew: only its fragment differs. */
function ResetPage({ strings, api }: AppProps): ComponentChild {
  const [opened, setOpened] = useState(() => ({ link: takeToken(window), count: 0 }));
  useEffect(() => {
    const reopen = () =>
      setOpened(({ link, count }) =>
        window.location.hash.length > 1 ? { link: takeToken(window), count: count + 1 } : { link, count },
      );
    window.addEventListener('hashchange', reopen);
    return () => window.removeEventListener('hashchange', reopen);
  }, []);
  const forget = useCallback(() => forgetToken(window), []);
  return h(ChoosePassword, { key: opened.count, strings, api, link: opened.link, onEnd: forget });
}

/** Shows the page that belongs to the address: `…/reset`, or My Account for every other. */
export function App(props: AppProps): ComponentChild {
  useEffect(() => {
    document.addEventListener('keydown', moveWithArrows);
    return () => document.removeEventListener('keydown', moveWithArrows);
  }, []);
  const isReset = window.location.pathname.endsWith('/reset');
  return html`<main>${h(isReset ? ResetPage : Account, props)}</main>`;
}
