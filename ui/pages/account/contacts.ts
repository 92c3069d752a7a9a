import type { VNode } from 'preact';
import type { AccountContact, AccountView } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { type IconName, icon } from '../../parts/icon.ts';
import type { Strings } from '../../strings/en.ts';
import { type AccountRoom, doorOf } from './account-room.ts';
import type { Change } from './account-state.ts';

/** The part of the overview about contacts. */
export interface ContactsProps {
  readonly strings: Strings;
  readonly view: AccountView;
  readonly work: string | undefined;
  readonly accountApi: Pick<AccountApi, 'orderContacts'>;
  readonly change: Change;
  readonly onRoom: (room: AccountRoom) => void;
  /** What is to be said of the last change. */
  readonly told: VNode | undefined;
}

const SIGNS: Readonly<Record<AccountContact['state'], IconName>> = {
  verified: 'tick',
  unverified: 'dot',
  refused: 'warning',
};

/** The channels in another order: the one at `from` stands at `to`. */
function moved(contacts: readonly AccountContact[], from: number, to: number): string[] {
  const names = contacts.map(({ channel }) => channel);
  const [name] = names.splice(from, 1);
  return name === undefined ? names : [...names.slice(0, to), name, ...names.slice(to)];
}

/** Draws how the person is reached, in order, and the channels of the server that could be added. */
export function contacts(props: ContactsProps): VNode {
  const { strings, view, work, accountApi, change, onRoom, told } = props;
  const { contacts: words, linking } = strings.myAccount;
  const missing = view.channels.filter(
    ({ channel }) => !view.contacts.some((one) => one.channel === channel),
  );
  const nameOf = (channel: string): string => channelName(channel, view.channels, strings);

  function mover(way: 'up' | 'down', at: number, channel: string): VNode {
    const to = way === 'up' ? at - 1 : at + 1;
    const id = `${way}-${channel}`;
    return button({
      ...{ id, label: words[way], about: nameOf(channel), isMain: false, isSmall: true },
      isIdle: to < 0 || to >= view.contacts.length,
      isWorking: work === id,
      onPress: () =>
        change(id, 'contacts', 'moved', () =>
          accountApi.orderContacts({ channels: moved(view.contacts, at, to) }),
        ),
    });
  }

  function door(label: string, room: Exclude<AccountRoom, { kind: 'password' }>): VNode {
    return button({
      ...{ id: doorOf(room), label, about: nameOf(room.channel), isMain: false, isSmall: true },
      onPress: () => onRoom(room),
    });
  }

  function line({ channel, address, state }: AccountContact, at: number): VNode {
    const offered = view.channels.find((one) => one.channel === channel);
    return html`<li class="line" key=${channel}>
      <div>
        <strong>${nameOf(channel)}</strong> <bdi>${address}</bdi>
        <p class=${`state state-${state}`}>${icon(SIGNS[state])} ${words[state]}</p>
      </div>
      <div class="presses">
        ${view.contacts.length > 1 ? [mover('up', at, channel), mover('down', at, channel)] : undefined}
        ${offered !== undefined && state === 'unverified' ? door(offered.linking === 'code-to-person' ? linking.sendCode : linking.getCode, { kind: 'confirm', channel }) : undefined}
        ${offered !== undefined ? door(words.replace, { kind: 'link', channel }) : undefined}
        ${door(words.remove, { kind: 'remove', channel })}
      </div>
    </li>`;
  }

  return html`<section aria-labelledby="contacts-title">
    <h2 id="contacts-title">${words.title}</h2>
    ${told}
    ${
      view.contacts.length === 0
        ? html`<p>${words.none}</p>`
        : [
            view.contacts.length > 1 ? html`<p class="about">${words.lead}</p>` : undefined,
            html`<ol class="lines">
              ${view.contacts.map(line)}
            </ol>`,
          ]
    }
    ${
      missing.length === 0
        ? undefined
        : html`<h3 id="more-title">${words.addTitle}</h3>
            <ul class="lines" aria-labelledby="more-title">
              ${missing.map(
                ({ channel }) =>
                  html`<li class="line" key=${channel}>
                    <div><strong>${nameOf(channel)}</strong></div>
                    <div class="presses">${door(words.add, { kind: 'link', channel })}</div>
                  </li>`,
              )}
            </ul>`
    }
  </section>`;
}
