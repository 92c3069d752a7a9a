import { type ComponentChild, h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api, ProblemCode } from '../api.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import { signInAddress } from '../sign-in-address.ts';
import type { ProblemWords, Strings } from '../strings/en.ts';
import { Message } from './message.ts';

/** What the page needs to work. */
export interface AccountProps {
  readonly strings: Strings;
  readonly api: Pick<Api, 'requestReset'>;
}

/** As `ResetRequestBody` in `server/http/contract.ts` has it, in UTF-16 units. */
const IDENTIFIER_MAX_LENGTH = 256;

/**
 * Takes the name that was typed into Jellyfin's form before its button led here; empty where there was none. Gone once taken.
 * Source: `injector/mods/forgot-password/mod.client.ts`, which leaves it in the session of this tab.
 */
function takeHandedName(): string {
  try {
    const name = window.sessionStorage.getItem('gatehouse-name') ?? '';
    window.sessionStorage.removeItem('gatehouse-name');
    return name.length > IDENTIFIER_MAX_LENGTH ? '' : name;
  } catch {
    // A browser that keeps nothing.
    return '';
  }
}

type Phase = 'asking' | 'working' | 'asked';

function wordsFor(code: ProblemCode, problems: ProblemWords): string {
  return code in problems ? problems[code as keyof ProblemWords] : problems.internal;
}

/** My Account in its first form: a name or an address in, the same answer for everybody out. */
export function Account({ strings, api }: AccountProps): ComponentChild {
  const [phase, setPhase] = useState<Phase>('asking');
  const [enteredName, setEnteredName] = useState(takeHandedName);
  const [error, setError] = useState<string>();
  const [holdsPin, setHoldsPin] = useState(false);
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);
  const signIn = linkButton({
    label: strings.backToSignIn,
    href: signInAddress(undefined, window.location.href),
    isMain: phase === 'asked' && !holdsPin,
  });

  useEffect(() => {
    if (phase !== 'asking') return;
    document.title = strings.account.title;
    if (problem === undefined) input.current?.focus();
    else problemNotice.current?.focus();
  }, [phase, problem, strings]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (phase !== 'asking') return;
    const typed = enteredName.trim();
    if (typed === '' || typed.length > IDENTIFIER_MAX_LENGTH) {
      setError(typed === '' ? strings.account.empty : strings.account.tooLong);
      input.current?.focus();
      return;
    }
    setProblem(undefined);
    setPhase('working');
    const outcome = await api.requestReset({ enteredName: typed });
    if (outcome.isOk) setHoldsPin(outcome.body.holds === 'pin');
    else setProblem({ code: outcome.code });
    setPhase(outcome.isOk ? 'asked' : 'asking');
  }

  if (phase === 'asked') {
    return h(Message, {
      words: holdsPin ? { ...strings.asked, sentences: strings.askedPin.sentences } : strings.asked,
      sign: 'letter',
      more: html`<div class="advice">
        <h2>${strings.asked.nothingCame}</h2>
        <ul>
          ${strings.asked.advice.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
      </div>`,
      actions: [
        ...(holdsPin ? [linkButton({ label: strings.askedPin.enter, href: 'pin' })] : []),
        signIn,
        button({ label: strings.asked.again, isMain: false, onPress: () => setPhase('asking') }),
      ],
    });
  }
  const isWorking = phase === 'working';
  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${strings.account.title}</h1>
    <p>${strings.account.lead}</p>
    ${field({
      id: 'username',
      label: strings.account.enteredName,
      type: 'text',
      value: enteredName,
      autocomplete: 'username',
      isLocked: isWorking,
      error,
      inputRef: input,
      onInput: (value) => {
        setEnteredName(value);
        setError(undefined);
      },
    })}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [wordsFor(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? strings.account.working : strings.account.submit, isWorking })}
    <div class="actions">${signIn}</div>
  </form>`;
}
