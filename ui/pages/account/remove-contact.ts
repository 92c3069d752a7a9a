import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountContact, AccountView } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { ProblemCode } from '../../call.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';

/** What the room needs to work. */
export interface RemoveContactProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'removeContact'>;
  readonly view: AccountView;
  readonly contact: AccountContact;
  readonly onView: (view: AccountView) => void;
  readonly onProblem: (code: ProblemCode) => boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The room in which a contact is removed, with the password again. */
export function RemoveContact(props: RemoveContactProps): VNode {
  const { strings, view, contact } = props;
  const words = strings.myAccount;
  const [password, setPassword] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.title = words.removing.title;
    (problem === undefined ? input : problemNotice).current?.focus();
  }, [problem, words]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    setWorking(true);
    const outcome = await props.accountApi.removeContact({ channel: contact.channel, password });
    if (outcome.isOk) {
      // Before the view, in which the contact is gone: the room goes with it.
      props.onDone();
      props.onView(outcome.body);
    } else if (!props.onProblem(outcome.code)) {
      setWorking(false);
      setProblem({ code: outcome.code });
    }
  }

  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${words.removing.title}</h1>
    <p>
      <strong>${channelName(contact.channel, view.channels, strings)}</strong> <bdi>${contact.address}</bdi>
    </p>
    ${view.contacts.length > 1 ? undefined : html`<p>${words.removing.last}</p>`}
    ${field({
      id: 'current-password',
      label: words.password,
      type: 'password',
      value: password,
      autocomplete: 'current-password',
      isLocked: isWorking,
      describedBy: 'why-password',
      inputRef: input,
      onInput: setPassword,
    })}
    <p class="about" id="why-password">${words.linking.whyPassword}</p>
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? words.working : words.removing.submit, isWorking })}
    <div class="actions">
      ${button({ label: words.back, isMain: false, onPress: props.onCancel })}
    </div>
  </form>`;
}
