import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QuickConnectBegun } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Outcome, ProblemCode } from '../../call.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';
import { NAME_MAX_LENGTH } from './handed-over.ts';

/** What the form needs to work. */
export interface SignInProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'signIn' | 'beginQuickConnect'>;
  readonly hasQuickConnect: boolean;
  readonly onLetIn: () => void;
  readonly onQuickConnect: (begun: QuickConnectBegun) => void;
}

/** The form with which people sign in to My Account as they do to Jellyfin. An empty password is one, as it is there. */
export function SignIn({
  strings,
  accountApi,
  hasQuickConnect,
  onLetIn,
  onQuickConnect,
}: SignInProps): VNode {
  const words = strings.myAccount;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [work, setWork] = useState<'sign-in' | 'quick-connect'>();
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (problem !== undefined) problemNotice.current?.focus();
  }, [problem]);

  async function ask<Body>(
    kind: 'sign-in' | 'quick-connect',
    answer: Promise<Outcome<Body>>,
  ): Promise<Body | undefined> {
    setProblem(undefined);
    setWork(kind);
    const outcome = await answer;
    if (outcome.isOk) return outcome.body;
    setWork(undefined);
    setProblem({ code: outcome.code });
    return undefined;
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (work !== undefined) return;
    const typed = name.trim();
    if (typed === '' || typed.length > NAME_MAX_LENGTH) {
      setError(typed === '' ? words.signIn.empty : strings.account.tooLong);
      input.current?.focus();
      return;
    }
    const isIn = await ask('sign-in', accountApi.signIn({ name: typed, password }));
    if (isIn !== undefined) onLetIn();
  }

  async function begin(): Promise<void> {
    if (work !== undefined) return;
    const begun = await ask('quick-connect', accountApi.beginQuickConnect());
    if (begun !== undefined) onQuickConnect(begun);
  }

  return html`<form method="post" novalidate onSubmit=${submit} aria-labelledby="sign-in-title">
    <h2 id="sign-in-title">${words.signIn.title}</h2>
    <p>${words.signIn.lead}</p>
    ${field({
      id: 'sign-in-name',
      label: strings.userName,
      type: 'text',
      value: name,
      autocomplete: 'username',
      isLocked: work !== undefined,
      error,
      inputRef: input,
      onInput: (value) => {
        setName(value);
        setError(undefined);
      },
    })}
    ${field({
      id: 'sign-in-password',
      label: words.signIn.password,
      type: 'password',
      value: password,
      autocomplete: 'current-password',
      isLocked: work !== undefined,
      onInput: setPassword,
    })}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({
      label: work === 'sign-in' ? words.signIn.working : strings.signIn,
      isWorking: work === 'sign-in',
      isMain: false,
    })}
    ${
      hasQuickConnect
        ? html`<div class="actions">
            ${button({
              label: words.quickConnect.open,
              isWorking: work === 'quick-connect',
              isMain: false,
              onPress: () => void begin(),
            })}
          </div>`
        : undefined
    }
  </form>`;
}
