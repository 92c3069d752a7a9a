import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountChannel, AccountEvent } from '../../../server/http/account-contract.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import type { Strings } from '../../strings/en.ts';
import { tellTime } from '../../tell-time.ts';

/** The part of the overview about what happened. */
export interface EventsProps {
  readonly strings: Strings;
  readonly events: readonly AccountEvent[];
  readonly channels: readonly AccountChannel[];
}

/** So many are shown until somebody wants to see all. */
const FEW = 6;

/** Lists what happened to the account, the newest first, when, and from where. */
export function Events({ strings, events, channels }: EventsProps): VNode {
  const words = strings.myAccount.events;
  const [isWhole, setWhole] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    // The button is gone: on to what it brought.
    if (isWhole) (list.current?.children[FEW] as HTMLElement | undefined)?.focus();
  }, [isWhole]);

  function line({ at, event, from, channel, isByAdministrator }: AccountEvent): VNode {
    const known: Readonly<Record<string, string>> = words.words;
    const what = Object.keys(known).includes(event) ? known[event] : event;
    const place = from === 'home' ? words.home : from;
    return html`<li class="line" tabindex="-1">
      <div>
        ${what}${channel === undefined ? undefined : ` (${channelName(channel, channels, strings)})`}
        <p class="about">
          ${tellTime(at)}${place === undefined ? undefined : html` · <bdi>${place}</bdi>`}${isByAdministrator === true ? ` · ${words.administrator}` : undefined}
        </p>
      </div>
    </li>`;
  }

  return html`<section aria-labelledby="events-title">
    <h2 id="events-title">${words.title}</h2>
    ${
      events.length === 0
        ? html`<p class="about">${words.none}</p>`
        : html`<ul class="lines" ref=${list}>
            ${(isWhole ? events : events.slice(0, FEW)).map(line)}
          </ul>`
    }
    ${
      isWhole || events.length <= FEW
        ? undefined
        : button({ label: words.more, isMain: false, onPress: () => setWhole(true) })
    }
  </section>`;
}
