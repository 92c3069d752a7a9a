import { type ComponentChild, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageName } from '../server/http/contract.ts';
import type { AccountApi } from './account-api.ts';
import type { Api } from './api.ts';
import {
  forgetSecret,
  takeConfirmToken,
  takeInvitationToken,
  takePin,
  takeToken,
  takeUndoToken,
} from './fragment-secret.ts';
import { html } from './html.ts';
import { Account } from './pages/account/account.ts';
import { ChoosePassword } from './pages/choose-password.ts';
import { ConfirmAddress } from './pages/confirm-address.ts';
import { Connect, takeBrought } from './pages/connect.ts';
import { Invitation } from './pages/invitation.ts';
import { RedeemPin } from './pages/redeem-pin.ts';
import { Undo } from './pages/undo.ts';
import type { Strings } from './strings/en.ts';

const STOPS = 'a[href], button:not([disabled]), input, select';

/** True on televisions and boxes: no pointer at all, or only a rough one. */
function isPointerRough(): boolean {
  return !window.matchMedia('(pointer: fine)').matches;
}

/**
 * Moves the focus with the up and down arrows of a remote control, through fields, buttons and links in their order.
 * In a field it does so only where there is no mouse: a desktop browser opens its list of saved names with the same keys,
 * and goes through the choices of a select.
 */
export function moveWithArrows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (step === undefined || !isPlain || event.defaultPrevented) return;
  const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isField && !isPointerRough()) return;
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)];
  const now = stops.indexOf(event.target as HTMLElement);
  // From a heading or the page itself, down leads to the first stop.
  const next = now === -1 ? stops[0] : stops[now + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** What all pages need. */
export interface AppProps {
  readonly strings: Strings;
  readonly api: Api;
  readonly accountApi: AccountApi;
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

/** The page of a link that undoes a change of contacts. */
function UndoPage({ strings, accountApi }: AppProps): ComponentChild {
  const { link, count } = useLink(takeUndoToken);
  return h(Undo, { key: count, strings, accountApi, link, onEnd: forget });
}

/** The page of an invitation. */
function InvitationPage({ strings, accountApi }: AppProps): ComponentChild {
  const { link, count } = useLink(takeInvitationToken);
  return h(Invitation, { key: count, strings, accountApi, link, onEnd: forget });
}

/** The page that a service leads back to. It leaves no entry in the history. */
function ConnectPage({ strings, accountApi }: AppProps): ComponentChild {
  const [brought] = useState(() => takeBrought(window));
  return h(Connect, { strings, accountApi, brought, onDone: goToAccount });
}

const goToAccount = () => window.location.replace('account');

/** The page of "is this you?". */
function ConfirmPage({ strings, accountApi }: AppProps): ComponentChild {
  const { link, count } = useLink(takeConfirmToken);
  return h(ConfirmAddress, { key: count, strings, accountApi, link, onEnd: forget });
}

/** Pages by the end of their address; every other address is My Account. */
const PAGES = new Map<string, (props: AppProps) => ComponentChild>(
  Object.entries({
    account: Account,
    reset: ResetPage,
    pin: PinPage,
    undo: UndoPage,
    invitation: InvitationPage,
    connect: ConnectPage,
    confirm: ConfirmPage,
  } satisfies Readonly<Record<PageName, unknown>>),
);

/** Shows the page that belongs to the address: as in {@link PAGES}. */
export function App(props: AppProps): ComponentChild {
  useEffect(() => {
    document.addEventListener('keydown', moveWithArrows);
    return () => document.removeEventListener('keydown', moveWithArrows);
  }, []);
  const page = PAGES.get(window.location.pathname.split('/').pop() ?? '') ?? Account;
  return html`<main>${h(page, props)}</main>`;
}
