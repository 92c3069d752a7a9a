import { type ComponentChild, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AccountApi } from '../account-api.ts';
import { html } from '../html.ts';
import { linkButton } from '../parts/button.ts';
import { problemWords } from '../problem-words.ts';
import type { Strings } from '../strings/en.ts';
import { Message } from './message.ts';

/** What a service brought along in the address. Source: RFC 6749 section 4.1.2. */
export type Brought =
  | { readonly kind: 'code'; readonly code: string; readonly state: string }
  /** The person did not allow it, or the service did not. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'nothing' };

/** Takes it out of the address bar, so that it is in no history and no reload sends it again. */
export function takeBrought({ location, history }: Pick<Window, 'location' | 'history'>): Brought {
  const query = new URLSearchParams(location.search);
  if (location.search !== '') history.replaceState(null, '', location.pathname);
  const [code, state] = [query.get('code'), query.get('state')];
  if (query.has('error')) return { kind: 'refused' };
  return code === null || state === null ? { kind: 'nothing' } : { kind: 'code', code, state };
}

/** What the page needs to work. */
export interface ConnectProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'connectContact'>;
  readonly brought: Brought;
  /** Leads to My Account in place of this page. */
  readonly onDone: () => void;
}

/**
 * The page that a service leads back to. The session's cookie does not come with a request of another site, so the page makes
 * one of its own, with which it comes.
 */
export function Connect({ strings, accountApi, brought, onDone }: ConnectProps): ComponentChild {
  const words = strings.myAccount.linking;
  const refused = brought.kind === 'refused' ? words.notConnected : undefined;
  const [problem, setProblem] = useState(refused);

  useEffect(() => {
    if (brought.kind === 'nothing') onDone();
    if (brought.kind !== 'code') return;
    const { code, state } = brought;
    void accountApi.connectContact({ code, state }).then((outcome) => {
      if (outcome.isOk) onDone();
      else setProblem(problemWords(outcome.code, strings.problems));
    });
  }, [brought, accountApi, onDone, strings]);

  if (problem === undefined)
    return html`<p class="checking" role="status"><span class="wheel" aria-hidden="true"></span> ${strings.myAccount.opening}</p>`;
  return h(Message, {
    words: { title: words.addTitle, sentences: [problem] },
    sign: 'warning',
    actions: [linkButton({ label: strings.myAccount.toMyAccount, href: 'account' })],
  });
}
