import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ResetRequestAnswer } from '../../../server/http/contract.ts';
import type { Api } from '../../api.ts';
import type { ProblemCode } from '../../call.ts';
import { html } from '../../html.ts';
import { button, linkButton } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import { signInAddress } from '../../sign-in-address.ts';
import type { Strings } from '../../strings/en.ts';
import { NAME_MAX_LENGTH } from './handed-over.ts';

/** What the form needs to work. */
export interface AskForResetProps {
  readonly strings: Strings;
  readonly api: Pick<Api, 'requestReset'>;
  readonly enteredName: string;
  readonly onName: (name: string) => void;
  /** By which channels messages come, in words; undefined where that is not known. */
  readonly reachesBy: string | undefined;
  /** The focus begins here. */
  readonly takesFocus: boolean;
  readonly onAsked: (answer: ResetRequestAnswer) => void;
}

/** The form for whoever forgot a password: a name or an address in, the same answer for everybody out. */
export function AskForReset(props: AskForResetProps): VNode {
  const { strings, api, enteredName, onName, reachesBy, takesFocus } = props;
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.title = strings.account.title;
    if (problem !== undefined) problemNotice.current?.focus();
    else if (takesFocus) input.current?.focus();
  }, [problem, takesFocus, strings]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    const typed = enteredName.trim();
    if (typed === '' || typed.length > NAME_MAX_LENGTH) {
      setError(typed === '' ? strings.account.empty : strings.account.tooLong);
      input.current?.focus();
      return;
    }
    setProblem(undefined);
    setWorking(true);
    const outcome = await api.requestReset({ enteredName: typed });
    if (outcome.isOk) {
      props.onAsked(outcome.body);
      return;
    }
    setWorking(false);
    setProblem({ code: outcome.code });
  }

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
        onName(value);
        setError(undefined);
      },
    })}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? strings.account.working : strings.account.submit, isWorking })}
    ${reachesBy === undefined ? undefined : html`<p class="about below">${strings.myAccount.reachesBy} ${reachesBy}</p>`}
    <div class="actions">
      ${linkButton({
        label: strings.backToSignIn,
        href: signInAddress(undefined, window.location.href),
        isMain: false,
      })}
    </div>
  </form>`;
}
