import { type ComponentChild, h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountChannels, QuickConnectBegun } from '../../../server/http/account-contract.ts';
import type { ResetRequestAnswer } from '../../../server/http/contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Api } from '../../api.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { note } from '../../parts/note.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';
import type { SignedOutReason } from './account-state.ts';
import { AskForReset } from './ask-for-reset.ts';
import { Asked } from './asked.ts';
import { takeHandedName } from './handed-over.ts';
import { QuickConnect } from './quick-connect.ts';
import { SignIn } from './sign-in.ts';

/** What the page needs to work. */
export interface SignedOutProps {
  readonly strings: Strings;
  readonly api: Pick<Api, 'requestReset'>;
  readonly accountApi: AccountApi;
  /** What the server has; undefined where it does not say: then nobody can sign in here. */
  readonly server: AccountChannels | undefined;
  readonly reason: SignedOutReason | undefined;
  readonly onLetIn: () => void;
}

/** Names of channels in a list, without what needs a browser younger than those we build for. */
function namesOf({ channels }: AccountChannels, strings: Strings): string | undefined {
  const names = channels.map(({ channel }) => channelName(channel, channels, strings));
  return names.length === 0 ? undefined : names.join(', ');
}

/** The page for whoever is signed out: a forgotten password first, then the sign-in. */
export function SignedOut(props: SignedOutProps): ComponentChild {
  const { strings, api, accountApi, server, reason, onLetIn } = props;
  const [enteredName, setEnteredName] = useState(takeHandedName);
  const [answer, setAnswer] = useState<ResetRequestAnswer>();
  const [begun, setBegun] = useState<QuickConnectBegun>();
  const [isRead, setRead] = useState(false);
  const reasonNote = useRef<HTMLDivElement>(null);
  useEffect(() => reasonNote.current?.focus(), []);

  function onAsked(asked: ResetRequestAnswer): void {
    setRead(true);
    setAnswer(asked);
  }
  function onQuickConnect(next: QuickConnectBegun): void {
    setRead(true);
    setBegun(next);
  }

  if (answer !== undefined) return h(Asked, { strings, answer, onAgain: () => setAnswer(undefined) });
  if (begun !== undefined)
    return h(QuickConnect, {
      ...{ key: begun.attempt, strings, accountApi, begun, onLetIn },
      onRenewed: setBegun,
      onCancel: () => setBegun(undefined),
    });
  const told =
    reason === undefined || isRead
      ? undefined
      : reason === 'signed-off'
        ? note({ sentence: strings.myAccount.signIn.signedOff, noteRef: reasonNote })
        : notice({
            sentences: [
              reason === 'not-handed-over'
                ? strings.myAccount.signIn.notHandedOver
                : problemWords(reason, strings.problems),
            ],
            noticeRef: reasonNote,
          });
  const ask = h(AskForReset, {
    ...{ strings, api, enteredName, onName: setEnteredName, onAsked },
    reachesBy: server === undefined ? undefined : namesOf(server, strings),
    takesFocus: told === undefined,
  });
  if (server === undefined) return html`<div>${told} ${ask}</div>`;
  return html`<div class="wide">
    ${told}
    <div class="pair">
      ${ask}
      ${h(SignIn, {
        ...{ strings, accountApi, onLetIn, onQuickConnect },
        hasQuickConnect: server.quickConnect,
      })}
    </div>
  </div>`;
}
