import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountView } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Api } from '../../api.ts';
import type { ProblemCode } from '../../call.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';
import { useNewPassword } from '../new-password.ts';

/** What the room needs to work. */
export interface ChangePasswordProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'changePassword'>;
  readonly loadCommonPasswords: Api['loadCommonPasswords'];
  readonly view: AccountView;
  readonly onProblem: (code: ProblemCode) => boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The room in which whoever is signed in changes the password: the current one, and a new one twice. */
export function ChangePassword(props: ChangePasswordProps): VNode {
  const { strings, view, loadCommonPasswords } = props;
  const words = strings.myAccount.passwords;
  const [current, setCurrent] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);
  const { userName, serverName, passwordRules: rules } = view;
  const { fields, spoken, take, refuse } = useNewPassword({
    ...{ strings, rules, userName, serverName, isWorking, loadCommonPasswords },
  });

  useEffect(() => {
    document.title = words.open;
    (problem === undefined ? input : problemNotice).current?.focus();
  }, [problem, words]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    const next = take();
    if (next === undefined) return;
    setWorking(true);
    const outcome = await props.accountApi.changePassword({ current, next });
    if (outcome.isOk) {
      props.onDone();
      return;
    }
    if (props.onProblem(outcome.code)) return;
    setWorking(false);
    if (outcome.code === 'password-refused') refuse(outcome.faults);
    else setProblem({ code: outcome.code });
  }

  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${words.open}</h1>
    ${field({
      id: 'username',
      label: strings.userName,
      type: 'text',
      value: userName,
      autocomplete: 'username',
      isLocked: true,
    })}
    ${field({
      id: 'current-password',
      label: words.current,
      type: 'password',
      value: current,
      autocomplete: 'current-password',
      isLocked: isWorking,
      inputRef: input,
      onInput: setCurrent,
    })}
    ${fields}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? strings.choose.working : words.submit, isWorking })}
    <p class="hint" role="status">${isWorking ? strings.choose.workingHint : ''}</p>
    ${spoken}
    <div class="actions">
      ${button({ label: strings.myAccount.back, isMain: false, onPress: props.onCancel })}
    </div>
  </form>`;
}
