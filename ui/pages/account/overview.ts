import { h, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AccountApi } from '../../account-api.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { note } from '../../parts/note.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';
import type { AccountRoom } from './account-room.ts';
import type { Change, Done, Place, SignedInState } from './account-state.ts';
import { contacts } from './contacts.ts';
import { devices } from './devices.ts';
import { Events } from './events.ts';
import { LanguageChoice } from './language-choice.ts';

/** What the page needs to work. */
export interface OverviewProps {
  readonly strings: Strings;
  readonly accountApi: AccountApi;
  readonly state: SignedInState;
  readonly change: Change;
  /** The id of the button of the room that the person comes from. */
  readonly door: string | undefined;
  readonly onRoom: (room: AccountRoom) => void;
  readonly onSignOff: () => void;
}

function doneWords(done: Done, { myAccount: words }: Strings): string {
  switch (done) {
    case 'language':
      return words.language.saved;
    case 'device':
      return words.devices.signedOut;
    case 'devices':
      return words.devices.allSignedOut;
    default:
      return words.contacts[done];
  }
}

/** All that My Account shows, each part under a heading of its own. */
export function Overview(props: OverviewProps): VNode {
  const { strings, accountApi, state, change, door, onRoom, onSignOff } = props;
  const { view, work, told } = state;
  const words = strings.myAccount;
  const heading = useRef<HTMLHeadingElement>(null);
  const toldNote = useRef<HTMLDivElement>(null);
  const lastWork = useRef<string | undefined>(undefined);
  if (work !== undefined) lastWork.current = work;
  const isMoved = told !== undefined && 'done' in told && told.done === 'moved';

  useEffect(() => {
    document.title = words.title;
    const opener = door === undefined ? null : document.getElementById(door);
    (opener ?? heading.current)?.focus();
  }, [door, words]);
  useEffect(() => {
    if (told === undefined) return;
    // A moved line takes its button along, to be pressed again.
    if (isMoved) document.getElementById(lastWork.current ?? '')?.focus();
    else toldNote.current?.focus();
  }, [told, isMoved]);

  function tell(place: Place): VNode | undefined {
    if (told?.place !== place || isMoved) return undefined;
    return 'problem' in told
      ? notice({ noticeRef: toldNote, sentences: [problemWords(told.problem, strings.problems)] })
      : note({ noteRef: toldNote, sentence: doneWords(told.done, strings) });
  }

  return html`<div class="wide account">
    <h1 tabindex="-1" ref=${heading}>${words.title}</h1>
    <p class="whose"><strong><bdi>${view.userName}</bdi></strong> ${words.server} <bdi>${view.serverName}</bdi></p>
    <p class="unseen" role="status">${isMoved ? words.contacts.moved : ''}</p>
    <div class="columns">
      <div>
        ${contacts({ strings, view, work, change, accountApi, onRoom, told: tell('contacts') })}
        <section aria-labelledby="password-title">
          <h2 id="password-title">${words.passwords.title}</h2>
          ${
            view.hasLocalPassword
              ? button({
                  id: 'change-password',
                  label: words.passwords.open,
                  isMain: false,
                  onPress: () => onRoom({ kind: 'password' }),
                })
              : html`<p class="about">${words.passwords.elsewhere}</p>`
          }
        </section>
        ${h(LanguageChoice, { strings, language: view.language, work, change, accountApi, told: tell('language') })}
      </div>
      <div>
        ${devices({ strings, devices: view.devices, work, change, accountApi, told: tell('devices') })}
        ${h(Events, { strings, events: view.events, channels: view.channels })}
      </div>
    </div>
    ${tell('page')}
    ${button({
      id: 'sign-off',
      label: words.signOff,
      isMain: false,
      isWorking: work === 'sign-off',
      onPress: onSignOff,
    })}
  </div>`;
}
