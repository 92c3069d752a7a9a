import { type ComponentChild, h } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { AccountChannels } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Api } from '../../api.ts';
import { failed } from '../../call.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import type { Strings } from '../../strings/en.ts';
import { Message } from '../message.ts';
import { type AccountEvent, beginAccount, nextAccount } from './account-state.ts';
import { takeHandedToken } from './handed-over.ts';
import { SignedIn } from './signed-in.ts';
import { SignedOut } from './signed-out.ts';

/** What the page needs to work. */
export interface AccountProps {
  readonly strings: Strings;
  readonly api: Pick<Api, 'requestReset' | 'loadCommonPasswords'>;
  readonly accountApi: AccountApi;
}

/** Whoever forgot a password should not wait longer for a question of no concern to them. */
const OPENING_MS = 5_000;

function atMost<Value>(answer: Promise<Value>, late: Value): Promise<Value> {
  return Promise.race([answer, new Promise<Value>((resolve) => setTimeout(() => resolve(late), OPENING_MS))]);
}

/** My Account: for whoever forgot a password, and for whoever signs in. */
export function Account({ strings, api, accountApi }: AccountProps): ComponentChild {
  const [state, dispatch] = useReducer(nextAccount, undefined, beginAccount);
  const [server, setServer] = useState<AccountChannels>();
  const isExpected = state.phase === 'opening' && state.isExpected;

  useEffect(() => {
    if (state.phase !== 'opening') return;
    let isCurrent = true;
    async function open(): Promise<AccountEvent> {
      const token = takeHandedToken();
      if (token !== undefined) {
        const handed = await accountApi.handOver({ token });
        if (!handed.isOk) return { kind: 'not-handed-over' };
      }
      const view = accountApi.view();
      const isWanted = isExpected || token !== undefined;
      return { kind: 'opened', outcome: await (isWanted ? view : atMost(view, failed('no-connection'))) };
    }
    // Both before anything is drawn, so that nothing moves under a pointer.
    const channels = atMost(accountApi.channels(), failed('no-connection'));
    void Promise.all([open(), channels]).then(([event, asked]) => {
      if (!isCurrent) return;
      if (asked.isOk) setServer(asked.body);
      dispatch(event);
    });
    return () => {
      isCurrent = false;
    };
  }, [state.phase, isExpected, accountApi]);

  useEffect(() => {
    const reopen = (event: PageTransitionEvent) => {
      if (event.persisted) dispatch({ kind: 'shown-again' });
    };
    window.addEventListener('pageshow', reopen);
    return () => window.removeEventListener('pageshow', reopen);
  }, []);

  const onLetIn = () => dispatch({ kind: 'let-in' });
  switch (state.phase) {
    case 'opening':
      return html`<p class="checking soon" role="status">
        <span class="wheel" aria-hidden="true"></span> ${strings.myAccount.opening}
      </p>`;
    case 'signed-out':
      return h(SignedOut, { strings, api, accountApi, server, reason: state.reason, onLetIn });
    case 'signed-in':
      return h(SignedIn, {
        ...{ strings, accountApi, state, dispatch },
        loadCommonPasswords: api.loadCommonPasswords,
      });
    case 'password-changed':
      return h(Message, {
        words: strings.myAccount.passwords.done,
        sign: 'tick',
        actions: [
          button({
            label: strings.myAccount.passwords.signInAgain,
            onPress: () => dispatch({ kind: 'signed-off' }),
          }),
        ],
      });
  }
}
