import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CodeChannel } from '../../server/http/contract.ts';
import { channelName } from '../channel-name.ts';
import { html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import type { Strings } from '../strings/en.ts';
import type { CodeState, OpenLink, Problem } from './choosing.ts';

/** What the step needs to work. */
export interface CodeStepProps {
  readonly strings: Strings;
  readonly link: OpenLink;
  readonly problem: Problem | undefined;
  readonly isSending: boolean;
  readonly onSendCode: () => void;
}

/** The step before a code is sent that is needed besides the link: whatever opens links (mail scanners do) sends none. */
export function CodeStep({ strings, link, problem, isSending, onSendCode }: CodeStepProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    (problem === undefined ? heading : problemNotice).current?.focus();
  }, [problem]);

  function submit(event: Event): void {
    event.preventDefault();
    if (!isSending) onSendCode();
  }

  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1 tabindex="-1" ref=${heading}>${strings.choose.title}</h1>
    <p>${strings.choose.onServer} <strong><bdi>${link.serverName}</bdi></strong></p>
    <p>${strings.choose.codeLead}</p>
    ${problem === undefined ? undefined : notice({ noticeRef: problemNotice, sentences: [strings.problems[problem.code]] })}
    ${button({
      label: isSending ? strings.account.working : strings.myAccount.linking.sendCode,
      isWorking: isSending,
    })}
  </form>`;
}

/**
 * Keeps where a code went in the state of this history entry: a telephone drops the page while the person reads the code in
 * another app, and a second code would end the first. It goes with the token that stands beside it.
 */
export function keepSentOn(history: History, channels: readonly CodeChannel[]): void {
  history.replaceState({ ...history.state, codeSentOn: channels }, '');
}

/** What {@link keepSentOn} kept; undefined when no code was sent from this entry. */
export function readSentOn(history: History): readonly CodeChannel[] | undefined {
  const kept: unknown = history.state?.codeSentOn;
  return Array.isArray(kept) && kept.length > 0 ? kept : undefined;
}

/** As `PasswordBody` in `server/http/contract.ts` has it. */
const CODE_MAX_LENGTH = 64;

/** What the field of a code needs to work. */
export interface TypedCodeProps {
  readonly strings: Strings;
  readonly code: CodeState;
  /** The password is being set: the field is locked. */
  readonly isLocked: boolean;
  readonly onSendCode: () => void;
}

/** The field of a code, for the form around it. */
export interface TypedCodeField {
  readonly fields: VNode;
  /** What was typed; if it can be no code, undefined, and the focus goes there. */
  take(): string | undefined;
  /** Shows what the server has against it, and goes there. */
  refuse(sentence: string): void;
  focus(): void;
}

/** Keeps what is typed as a code; where it went is told by kinds of channels only. Without a code there is no field. */
export function useTypedCode(
  props: Partial<TypedCodeProps> & Pick<TypedCodeProps, 'strings'>,
): TypedCodeField {
  const { strings, code, isLocked = false, onSendCode } = props;
  const words = strings.myAccount.linking;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  function refuse(sentence: string): void {
    setError(sentence);
    input.current?.focus();
  }

  const names = code?.channels.map(({ channel }) => channelName(channel, code.channels, strings)) ?? [];
  const sentOn = names.length === 0 ? '' : ` ${strings.choose.codeSentBy} ${names.join(', ')}`;
  const fields = html`<div class="typed-code">
    <p role="status">${names.length === 0 ? undefined : html`${words.codeSent}${sentOn}`}</p>
    ${field({
      id: 'reset-code',
      label: words.code,
      type: 'text',
      value: typed,
      autocomplete: 'one-time-code',
      isLocked,
      error,
      inputRef: input,
      onInput: (value) => {
        setTyped(value);
        setError(undefined);
      },
    })}
    ${button({
      label: code?.isSending === true ? strings.account.working : strings.choose.anotherCode,
      isMain: false,
      isSmall: true,
      isWorking: code?.isSending === true,
      onPress: () => {
        if (code?.isSending !== true && !isLocked) onSendCode?.();
      },
    })}
  </div>`;
  return {
    fields,
    take() {
      const wanted = typed.trim();
      if (wanted !== '' && wanted.length <= CODE_MAX_LENGTH) return wanted;
      refuse(wanted === '' ? words.emptyCode : strings.problems['code-wrong']);
      return undefined;
    },
    refuse,
    focus: () => input.current?.focus(),
  };
}
