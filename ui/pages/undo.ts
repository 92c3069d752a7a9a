import { type ComponentChild, h } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { UndoneChange } from '../../server/http/link-contract.ts';
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
export interface UndoProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'lookAtUndo' | 'undo'>;
  readonly link: LinkToken;
  /** Called once the link is of no more use: forget it. */
  readonly onEnd: () => void;
}

/** The page of the link with which a change of contacts is undone. Nothing is undone that nobody pressed the button for. */
export function Undo({ strings, accountApi, link, onEnd }: UndoProps): ComponentChild {
  const words = strings.myAccount.undo;
  const look = useCallback((token: string) => accountApi.lookAtUndo({ token }), [accountApi]);
  const { state, lookAgain, endAt } = useLookUp(link, look, onEnd);
  const [isWorking, setWorking] = useState(false);
  const [done, setDone] = useState<UndoneChange>();
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.phase !== 'open') return;
    document.title = words.title;
    (problem === undefined ? heading : problemNotice).current?.focus();
  }, [state.phase, problem, words]);

  if (done !== undefined) {
    const { title, sentences } = words.done;
    const jellyfin = done.isJellyfinSignedOut ? words.jellyfin.out : words.jellyfin.left;
    const label = done.by === 'invitation' ? strings.myAccount.toMyAccount : words.newPassword;
    return h(Message, {
      words: { title, sentences: [...sentences, jellyfin, words.cause[done.by]] },
      sign: 'tick',
      actions: [linkButton({ label, href: 'account' })],
    });
  }
  if (state.phase !== 'open')
    return h(NotOpen, { strings, title: words.title, state, ends: words.ends, lookAgain });
  const { answer, token } = state;

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    setWorking(true);
    const outcome = await accountApi.undo({ token });
    setWorking(false);
    if (outcome.isOk) {
      onEnd();
      setDone(outcome.body);
    } else if (!endAt(outcome.code)) setProblem({ code: outcome.code });
  }

  return html`<form method="post" onSubmit=${submit}>
    <h1 tabindex="-1" ref=${heading}>${words.title}</h1>
    ${whose(answer, strings)}
    <p><strong>${channelName(answer.channel, [answer], strings)}</strong></p>
    ${words.sentences.map((sentence) => html`<p>${sentence}</p>`)}
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? words.working : words.submit, isWorking })}
  </form>`;
}
