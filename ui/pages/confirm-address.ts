import { type ComponentChild, h } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AccountApi } from '../account-api.ts';
import type { ProblemCode } from '../call.ts';
import { channelName } from '../channel-name.ts';
import type { LinkToken } from '../fragment-secret.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { notice } from '../parts/notice.ts';
import { problemWords } from '../problem-words.ts';
import type { Strings } from '../strings/en.ts';
import { NotOpen, useLookUp, whose } from './look-up.ts';
import { Message } from './message.ts';

/** What the page needs to work. */
export interface ConfirmAddressProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'lookAtConfirmation' | 'answerConfirmation'>;
  readonly link: LinkToken;
  /** Called once the link is of no more use: forget it. */
  readonly onEnd: () => void;
}

type Answer = 'mine' | 'not-mine';

/** The page of "is this you?". Nothing is answered that nobody pressed a button for: programs open links, too. */
export function ConfirmAddress({ strings, accountApi, link, onEnd }: ConfirmAddressProps): ComponentChild {
  const words = strings.myAccount.confirmation;
  const look = useCallback((token: string) => accountApi.lookAtConfirmation({ token }), [accountApi]);
  const { state, lookAgain, endAt } = useLookUp(link, look, onEnd);
  const [working, setWorking] = useState<Answer>();
  const [done, setDone] = useState<Answer>();
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.phase !== 'open') return;
    document.title = words.title;
    (problem === undefined ? heading : problemNotice).current?.focus();
  }, [state.phase, problem, words]);

  if (done !== undefined)
    return h(Message, {
      words: done === 'mine' ? words.done : words.disowned,
      sign: 'tick',
      actions: done === 'mine' ? [linkButton({ label: strings.myAccount.toMyAccount, href: 'account' })] : [],
    });
  if (state.phase !== 'open')
    return h(NotOpen, { strings, title: words.title, state, ends: words.ends, lookAgain });
  const { answer, token } = state;

  async function send(how: Answer): Promise<void> {
    if (working !== undefined) return;
    setWorking(how);
    const outcome = await accountApi.answerConfirmation({ token, isMine: how === 'mine' });
    setWorking(undefined);
    if (outcome.isOk) {
      onEnd();
      setDone(how);
    } else if (!endAt(outcome.code)) setProblem({ code: outcome.code });
  }
  const choice = (how: Answer, label: string) =>
    button({
      label: working === how ? strings.myAccount.working : label,
      isMain: how === 'mine',
      isWorking: working === how,
      onPress: () => void send(how),
    });

  return html`<div>
    <h1 tabindex="-1" ref=${heading}>${words.title}</h1>
    ${whose(answer, strings)}
    <p>
      <strong>${channelName(answer.channel, [answer], strings)}</strong> <bdi>${answer.address}</bdi>
    </p>
    <p>${words.lead}</p>
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    <div class="actions">${choice('mine', words.yes)} ${choice('not-mine', words.no)}</div>
  </div>`;
}
