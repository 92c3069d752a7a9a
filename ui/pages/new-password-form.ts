import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Api } from '../api.ts';
import { html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import type { Strings } from '../strings/en.ts';
import type { CodeState, OpenLink, Problem } from './choosing.ts';
import { useTypedCode } from './code-step.ts';
import { useNewPassword } from './new-password.ts';

/** What the form needs to work. */
export interface NewPasswordFormProps {
  readonly strings: Strings;
  readonly link: OpenLink;
  /** The password is being set: fields are locked, the button says so. */
  readonly isWorking: boolean;
  /** Undefined: no code is needed besides the link. */
  readonly code: CodeState | undefined;
  readonly problem: Problem | undefined;
  readonly loadCommonPasswords: Api['loadCommonPasswords'];
  readonly onSendCode: () => void;
  /** Called with a password that keeps all rules known here and was typed twice alike, and with the code where one is needed. */
  readonly onSubmit: (password: string, code: string | undefined) => void;
}

/** Problems after which the person should know that nothing is lost. */
const LINK_STILL_GOOD: readonly Problem['code'][] = [
  'jellyfin-unreachable',
  'change-not-kept',
  'too-many-requests',
];

/** Problems that are told beside the field they are about. */
const AT_A_FIELD: readonly Problem['code'][] = ['password-refused', 'code-wrong'];

/** The form in which a new password is typed twice. It tells the rules while typing, and keeps what was typed until it is set. */
export function NewPasswordForm(props: NewPasswordFormProps): VNode {
  const { strings, link, isWorking, code, problem, loadCommonPasswords, onSendCode } = props;
  const problemNotice = useRef<HTMLDivElement>(null);
  const rules = link.passwordRules;
  const { userName, serverName } = link;
  const { fields, spoken, take, refuse, focus } = useNewPassword({
    ...{ strings, rules, userName, serverName, isWorking, loadCommonPasswords },
  });

  const isCodeNeeded = code !== undefined;
  const typedCode = useTypedCode({
    strings,
    isLocked: isWorking,
    onSendCode,
    ...(isCodeNeeded ? { code } : {}),
  });

  // Anew for each code that went out.
  useEffect(() => (isCodeNeeded ? typedCode.focus() : focus()), [code?.channels]);

  useEffect(() => {
    if (problem === undefined) return;
    if (problem.code === 'password-refused') refuse(problem.faults);
    else if (problem.code === 'code-wrong' && isCodeNeeded) typedCode.refuse(strings.problems['code-wrong']);
    else problemNotice.current?.focus();
  }, [problem]);

  function submit(event: Event): void {
    event.preventDefault();
    if (isWorking) return;
    const wanted = isCodeNeeded ? typedCode.take() : undefined;
    if (isCodeNeeded && wanted === undefined) return;
    const password = take();
    if (password !== undefined) props.onSubmit(password, wanted);
  }

  const notices = problem === undefined || AT_A_FIELD.includes(problem.code) ? [] : [problem];
  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${strings.choose.title}</h1>
    <p>${strings.choose.onServer} <strong><bdi>${link.serverName}</bdi></strong></p>
    ${field({
      id: 'username',
      label: strings.userName,
      type: 'text',
      value: link.userName,
      autocomplete: 'username',
      isLocked: true,
    })}
    ${isCodeNeeded ? typedCode.fields : undefined} ${fields}
    ${notices.map(({ code }) =>
      notice({
        noticeRef: problemNotice,
        sentences: LINK_STILL_GOOD.includes(code)
          ? [strings.problems[code], strings.choose.linkStillGood]
          : [strings.problems[code]],
      }),
    )}
    ${button({ label: isWorking ? strings.choose.working : strings.choose.submit, isWorking })}
    <p class="hint" role="status">${isWorking ? strings.choose.workingHint : ''}</p>
    ${spoken}
  </form>`;
}
