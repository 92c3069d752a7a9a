import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { BegunContact } from '../../../server/http/account-contract.ts';
import type { Outcome, ProblemCode } from '../../call.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { usePolling } from '../../polling.ts';
import type { Strings } from '../../strings/en.ts';

/** Whether the bot has seen the code. `gone`: it waits for it no more, and the contact is not there. */
export type BotSight = 'waiting' | 'there' | 'gone';

/** What the page needs to work. */
export interface BotCodeProps {
  readonly strings: Strings;
  readonly title: string;
  readonly begun: Extract<BegunContact, { kind: 'send-code' }>;
  readonly ask: () => Promise<Outcome<BotSight>>;
  readonly onThere: () => void;
  /** The code is of no more use. */
  readonly onProblem: (code: ProblemCode) => void;
  readonly onAnew: () => void;
  readonly onCancel: () => void;
}

/** Failures that pass by themselves; the page asks on. */
const PASSING: readonly ProblemCode[] = [
  'no-connection',
  'too-many-requests',
  'jellyfin-unreachable',
  'unavailable',
  'internal',
];

/** As a picture, an SVG runs no script and fetches nothing; source: SVG 2, secure static mode. */
function pictureAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Shows the code that the person sends to the bot, and waits until the bot has seen it. */
export function BotCode(props: BotCodeProps): VNode {
  const { strings, title, begun, ask, onThere, onProblem } = props;
  const words = strings.myAccount.linking;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  usePolling(
    async () => {
      const sight = await ask();
      if (!sight.isOk) {
        if (PASSING.includes(sight.code)) return true;
        onProblem(sight.code);
        return false;
      }
      if (sight.body === 'there') onThere();
      if (sight.body === 'gone') onProblem('code-expired');
      return sight.body === 'waiting';
    },
    () => onProblem('code-expired'),
  );

  // Whatever a server says, a button leads to the web only.
  const onlyWeb = (address: string | undefined) =>
    address !== undefined && /^https?:\/\//i.test(address) ? address : undefined;
  const [url, connectUrl] = [onlyWeb(begun.url), onlyWeb(begun.connectUrl)];
  return html`<div>
    <h1 tabindex="-1" ref=${heading}>${title}</h1>
    ${
      connectUrl === undefined
        ? undefined
        : html`<p><a class="button button-main" href=${connectUrl} rel="noreferrer">${words.connect}</a></p>`
    }
    <p>${words.sendToBot} <strong><bdi>${begun.botName}</bdi></strong></p>
    <p class="code" dir="ltr">${begun.code}</p>
    ${
      url === undefined
        ? undefined
        : html`<a class=${`button ${connectUrl === undefined ? 'button-main' : ''}`} href=${url} target="_blank" rel="noopener noreferrer">${words.openBot}</a>`
    }
    ${
      begun.qr === undefined
        ? undefined
        : html`<p class="below">${words.scan}</p>
            <img class="qr" src=${pictureAddress(begun.qr)} alt=${words.qr} width="200" height="200" />`
    }
    <p class="checking" role="status"><span class="wheel" aria-hidden="true"></span> ${words.waiting}</p>
    <div class="actions">
      ${button({ label: words.noCode, isMain: false, onPress: props.onAnew })}
      ${button({ label: strings.myAccount.back, isMain: false, onPress: props.onCancel })}
    </div>
  </div>`;
}
