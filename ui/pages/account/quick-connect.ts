import { h, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QuickConnectBegun } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { ProblemCode } from '../../call.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { notice } from '../../parts/notice.ts';
import { usePolling } from '../../polling.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';

/** What the page needs to work. */
export interface QuickConnectProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'endQuickConnect' | 'beginQuickConnect'>;
  readonly begun: QuickConnectBegun;
  readonly onLetIn: () => void;
  /** A new code in place of one that is of no more use. */
  readonly onRenewed: (begun: QuickConnectBegun) => void;
  readonly onCancel: () => void;
}

/** After these there is nothing to wait for any more; all others pass by themselves. */
const FINAL: readonly ProblemCode[] = ['code-expired', 'sign-in-refused', 'bad-body', 'not-found'];

/** The digits of a code in two groups, as people read them to each other. */
function inGroups(code: string): string {
  return code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

function Waiting({ strings, accountApi, begun, onLetIn, onEnd }: WaitingProps): VNode {
  usePolling(
    async () => {
      const outcome = await accountApi.endQuickConnect({ attempt: begun.attempt });
      if (!outcome.isOk) {
        if (FINAL.includes(outcome.code)) onEnd(outcome.code);
        return !FINAL.includes(outcome.code);
      }
      if (outcome.body.state === 'signed-in') onLetIn();
      return outcome.body.state !== 'signed-in';
    },
    () => onEnd('code-expired'),
  );
  return html`<p>${strings.myAccount.quickConnect.lead}</p>
    <p class="code" dir="ltr">${inGroups(begun.code)}</p>
    <p class="checking" role="status">
      <span class="wheel" aria-hidden="true"></span> ${strings.myAccount.quickConnect.waiting}
    </p>`;
}

interface WaitingProps extends Pick<QuickConnectProps, 'strings' | 'accountApi' | 'begun' | 'onLetIn'> {
  readonly onEnd: (code: ProblemCode) => void;
}

/** Shows a code for a signed-in Jellyfin, and waits until it was allowed there. Each code is a component of its own, by its key. */
export function QuickConnect(props: QuickConnectProps): VNode {
  const { strings, accountApi, begun, onLetIn, onRenewed, onCancel } = props;
  const words = strings.myAccount.quickConnect;
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.title = words.open;
    (problem === undefined ? heading : problemNotice).current?.focus();
  }, [problem, words]);

  async function renew(): Promise<void> {
    if (isWorking) return;
    setWorking(true);
    const outcome = await accountApi.beginQuickConnect();
    setWorking(false);
    if (outcome.isOk) onRenewed(outcome.body);
    else setProblem({ code: outcome.code });
  }

  return html`<div>
    <h1 tabindex="-1" ref=${heading}>${words.open}</h1>
    ${
      problem === undefined
        ? h(Waiting, { strings, accountApi, begun, onLetIn, onEnd: (code) => setProblem({ code }) })
        : [
            notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] }),
            button({ label: words.again, isWorking, onPress: () => void renew() }),
          ]
    }
    <div class="actions">
      ${button({ label: strings.myAccount.back, isMain: false, onPress: onCancel })}
    </div>
  </div>`;
}
