import { type DrawnPage, drawPlainPage } from '../http/plain-page.ts';
import type { JellyfinState } from '../jellyfin/readiness.ts';
import type { Language } from '../kit/translations.ts';
import { WORDS } from './words.ts';

/** Seconds between two tries. */
export const RETRY_SECONDS = 3;

/** What a server is called of which nobody has heard yet. */
const NAMELESS = 'Jellyfin';

/**
 * Asks for the page's own address, so that no path of ours needs to be known, and reloads when something else than
 * "not yet" comes. Written for browsers of old televisions. A `refresh` alone would not reload an address with a
 * fragment (HTML, "navigate to a fragment"), and would flicker.
 */
const SCRIPT = `(function(){function ask(){var x=new XMLHttpRequest();x.open('HEAD',location.href.split('#')[0]);\
x.setRequestHeader('Accept','text/html');x.timeout=10000;x.onloadend=function(){\
if(x.status&&x.status!==502&&x.status!==503)location.reload();else later()};x.send()}\
function later(){setTimeout(ask,${RETRY_SECONDS * 1000})}later()})()`;

/**
 * Draws the page shown in Jellyfin's place.
 *
 * @param serverName As Jellyfin said it last; undefined when it never did.
 */
export function drawWaitingPage(
  language: Language,
  state: JellyfinState,
  serverName: string | undefined,
): DrawnPage {
  const { away, starting, whyAway, whyStarting, sentences } = WORDS[language];
  const isStarting = state === 'starting' || state === 'loading';
  return drawPlainPage({
    language,
    title: isStarting ? starting : away,
    name: serverName ?? NAMELESS,
    sentences: [isStarting ? whyStarting : whyAway, ...sentences],
    waiting: { script: SCRIPT, seconds: RETRY_SECONDS },
    frameAncestors: "'self'",
  });
}
