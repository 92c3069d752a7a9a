import { type ComponentChild, h } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { InvitationAnswer } from '../../server/http/link-contract.ts';
import type { AccountApi } from '../account-api.ts';
import type { Outcome } from '../call.ts';
import { channelName } from '../channel-name.ts';
import type { LinkToken } from '../fragment-secret.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { useRoom } from '../room.ts';
import { signInAddress } from '../sign-in-address.ts';
import type { Strings } from '../strings/en.ts';
import type { BotSight } from './linking/bot-code.ts';
import { LinkContact } from './linking/link-contact.ts';
import { NotOpen, useLookUp, whose } from './look-up.ts';
import { Message } from './message.ts';

/** What the page needs to work. */
export interface InvitationProps {
  readonly strings: Strings;
  readonly accountApi: Pick<AccountApi, 'lookAtInvitation' | 'beginInvitation' | 'confirmInvitation'>;
  readonly link: LinkToken;
  /** Called once the link is of no more use: forget it. */
  readonly onEnd: () => void;
}

/** The chosen channel, as it stands in the history: Back leads to the choice again. */
function readChannel(kept: unknown): string | undefined {
  return typeof kept === 'string' ? kept : undefined;
}

/** The page of an invitation: a way to be reached is added without signing in first. Nothing is sent before a button is pressed. */
export function Invitation({ strings, accountApi, link, onEnd }: InvitationProps): ComponentChild {
  const words = strings.myAccount.invitation;
  const look = useCallback((token: string) => accountApi.lookAtInvitation({ token }), [accountApi]);
  const { state, lookAgain, endAt } = useLookUp(link, look, onEnd);
  const { room, open, close } = useRoom(readChannel);
  const [isDone, setDone] = useState(false);

  if (isDone)
    return h(Message, {
      words: words.done,
      sign: 'tick',
      actions: [
        linkButton({ label: strings.backToSignIn, href: signInAddress(undefined, window.location.href) }),
      ],
    });
  if (state.phase !== 'open')
    return h(NotOpen, { strings, title: words.title, state, ends: words.ends, lookAgain });
  const { token, answer } = state;
  const channel = answer.channels.find((one) => one.channel === room);
  if (channel === undefined) return h(ChooseChannel, { strings, answer, onChannel: open });
  const name = channel.channel;

  async function ask(): Promise<Outcome<BotSight>> {
    const outcome = await accountApi.confirmInvitation({ token, channel: name });
    if (!outcome.isOk) return outcome;
    return { isOk: true, body: outcome.body.state === 'confirmed' ? 'there' : 'waiting' };
  }

  return h(LinkContact, {
    ...{ key: name, strings, channel, title: words.title, asksPassword: false, ask },
    begin: (address) =>
      accountApi.beginInvitation({ token, channel: name, ...(address === undefined ? {} : { address }) }),
    confirm: (code) => accountApi.confirmInvitation({ token, channel: name, code }),
    onProblem: endAt,
    onDone: () => {
      onEnd();
      setDone(true);
    },
    onCancel: close,
  });
}

interface ChooseChannelProps {
  readonly strings: Strings;
  readonly answer: InvitationAnswer;
  readonly onChannel: (channel: string) => void;
}

function ChooseChannel({ strings, answer, onChannel }: ChooseChannelProps): ComponentChild {
  const words = strings.myAccount.invitation;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.title;
    heading.current?.focus();
  }, [words]);
  return html`<div>
    <h1 tabindex="-1" ref=${heading}>${words.title}</h1>
    ${whose(answer, strings)}
    <p>${words.lead}</p>
    ${
      answer.channels.length === 0
        ? html`<p>${words.none}</p>`
        : html`<h2 id="choose-title">${words.choose}</h2>
            <div class="actions" role="group" aria-labelledby="choose-title">
              ${answer.channels.map((channel) =>
                button({
                  label: channelName(channel.channel, answer.channels, strings),
                  isMain: false,
                  onPress: () => onChannel(channel.channel),
                }),
              )}
            </div>`
    }
  </div>`;
}
