import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountChannel } from '../../../server/http/account-contract.ts';
import type { ProblemCode } from '../../call.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';

/** What the form needs to work. */
export interface TypedCodeProps {
  readonly strings: Strings;
  readonly title: string;
  /** What the code was sent by, and where to. */
  readonly channel: AccountChannel;
  readonly address: string;
  /** Sends the code; a problem after which it may be typed again, or undefined when the form goes. */
  readonly onCode: (code: string) => Promise<ProblemCode | undefined>;
  readonly onAnew: () => void;
  readonly onCancel: () => void;
}

/** As `ConfirmContactBody` in `server/http/account-contract.ts` has it. */
const CODE_MAX_LENGTH = 64;

/** The form for a code that was sent to a new address. */
export function TypedCode({ strings, title, channel, address, ...props }: TypedCodeProps): VNode {
  const { onCode, onAnew, onCancel } = props;
  const words = strings.myAccount.linking;
  const [code, setCode] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    (problem === undefined ? input : problemNotice).current?.focus();
  }, [problem]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    const typed = code.trim();
    if (typed === '' || typed.length > CODE_MAX_LENGTH) {
      setError(typed === '' ? words.emptyCode : strings.problems['code-wrong']);
      input.current?.focus();
      return;
    }
    setWorking(true);
    const found = await onCode(typed);
    if (found === undefined) return;
    setWorking(false);
    setProblem({ code: found });
  }

  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${title}</h1>
    <p role="status">
      ${words.codeSent}<br /><strong>${channelName(channel.channel, [channel], strings)}</strong> <bdi>${address}</bdi>
    </p>
    ${field({
      id: 'contact-code',
      label: words.code,
      type: 'text',
      value: code,
      autocomplete: 'one-time-code',
      isLocked: isWorking,
      error,
      inputRef: input,
      onInput: (value) => {
        setCode(value);
        setError(undefined);
      },
    })}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? strings.myAccount.working : words.confirm, isWorking })}
    <div class="actions">
      ${button({ label: words.noCode, isMain: false, onPress: onAnew })}
      ${button({ label: strings.myAccount.back, isMain: false, onPress: onCancel })}
    </div>
  </form>`;
}
