import { type ComponentChild, h } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import type { Api } from '../api.ts';
import type { LinkToken } from '../fragment-secret.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { signInAddress } from '../sign-in-address.ts';
import type { EndWords, Strings } from '../strings/en.ts';
import { beginChoosing, nextChoosing } from './choosing.ts';
import { CodeStep, keepSentOn, readSentOn } from './code-step.ts';
import { Message } from './message.ts';
import { NewPasswordForm } from './new-password-form.ts';

/** What the page needs to work. */
export interface ChoosePasswordProps {
  readonly strings: Strings;
  readonly api: Api;
  readonly link: LinkToken;
  /** Called once the link is of no more use: forget it. */
  readonly onEnd: () => void;
}

/** Ends at which a new link does not help. */
const WITHOUT_NEW_LINK: readonly (keyof EndWords)[] = ['done', 'account-unavailable', 'account-elsewhere'];

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
  event.returnValue = '';
}

/** The page where a new password is chosen, with the token of a reset link. Nothing is sent that nobody pressed a button for. */
export function ChoosePassword({ strings, api, link, onEnd }: ChoosePasswordProps): ComponentChild {
  const [state, dispatch] = useReducer(nextChoosing, link, beginChoosing);
  const token = link.kind === 'token' ? link.token : '';
  const isWorking = state.phase === 'open' && state.isWorking;

  useEffect(() => {
    if (state.phase !== 'checking') return;
    document.title = strings.choose.title;
    let isCurrent = true;
    void api.checkLink({ token }).then((outcome) => {
      if (isCurrent) dispatch({ kind: 'checked', outcome, sentOn: readSentOn(window.history) });
    });
    return () => {
      isCurrent = false;
    };
  }, [state.phase, token, api, strings]);

  useEffect(() => {
    if (state.phase === 'ended') onEnd();
  }, [state.phase, onEnd]);

  useEffect(() => {
    if (!isWorking) return;
    window.addEventListener('beforeunload', askBeforeLeaving);
    return () => window.removeEventListener('beforeunload', askBeforeLeaving);
  }, [isWorking]);

  switch (state.phase) {
    case 'checking':
      return html`<h1>${strings.choose.title}</h1>
        <p class="checking" role="status">
          <span class="wheel" aria-hidden="true"></span> ${strings.choose.checking}
        </p>`;
    case 'unchecked':
      return h(Message, {
        words: { title: strings.choose.checkFailed, sentences: [strings.problems[state.problem.code]] },
        sign: 'warning',
        actions: [button({ label: strings.tryAgain, onPress: () => dispatch({ kind: 'check-again' }) })],
      });
    case 'open': {
      const { code } = state;
      const onSendCode = () => {
        dispatch({ kind: 'code-asked' });
        void api.sendCode({ token }).then((outcome) => {
          if (outcome.isOk) keepSentOn(window.history, outcome.body.channels);
          dispatch({ kind: 'code-answered', outcome });
        });
      };
      if (code !== undefined && !code.isSent) {
        const { link: open, problem } = state;
        return h(CodeStep, { strings, link: open, problem, isSending: code.isSending, onSendCode });
      }
      return h(NewPasswordForm, {
        strings,
        link: state.link,
        isWorking: state.isWorking,
        code,
        problem: state.problem,
        loadCommonPasswords: api.loadCommonPasswords,
        onSendCode,
        onSubmit: (password, typed) => {
          dispatch({ kind: 'submitted' });
          void api
            .setPassword({ token, password, ...(typed === undefined ? {} : { code: typed }) })
            .then((outcome) => dispatch({ kind: 'answered', outcome }));
        },
      });
    }
    case 'ended': {
      const isDone = state.end === 'done';
      const mayAsk = !WITHOUT_NEW_LINK.includes(state.end);
      const { elsewhereUrl } = state;
      const elsewhere =
        elsewhereUrl === undefined
          ? []
          : [linkButton({ label: strings.changeElsewhere, href: elsewhereUrl, isMain: true })];
      const ask = linkButton({ label: strings.askForLink, href: 'account' });
      const signIn = linkButton({
        label: isDone ? strings.signIn : strings.backToSignIn,
        href: signInAddress(state.signInUrl, window.location.href),
        isMain: !mayAsk && elsewhere.length === 0,
      });
      return h(Message, {
        words: strings.ends[state.end],
        sign: isDone ? 'tick' : 'key',
        actions: mayAsk ? [ask, signIn] : [...elsewhere, signIn],
      });
    }
  }
}
