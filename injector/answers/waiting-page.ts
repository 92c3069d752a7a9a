import { createHash } from 'node:crypto';
import type { JellyfinState } from '../jellyfin/readiness.ts';
import { LANGUAGES, type Language } from '../kit/translations.ts';

/** A page as it is sent. */
export interface WaitingPage {
  readonly html: string;
  /** For `Content-Security-Policy`: nothing but the page's own two lines of script and style. */
  readonly policy: string;
}

/** Seconds between two tries. */
export const RETRY_SECONDS = 3;

interface Words {
  readonly away: string;
  readonly starting: string;
  readonly text: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    away: 'Jellyfin is not reachable',
    starting: 'Jellyfin is starting',
    text: 'The server is starting or being updated. This page tries again by itself.',
  },
  de: {
    away: 'Jellyfin ist nicht erreichbar',
    starting: 'Jellyfin startet',
    text: 'Der Server startet oder wird aktualisiert. Diese Seite versucht es von selbst erneut.',
  },
  fr: {
    away: 'Jellyfin est injoignable',
    starting: 'Jellyfin démarre',
    text: 'Le serveur démarre ou est en cours de mise à jour. Cette page réessaie toute seule.',
  },
  es: {
    away: 'No se puede acceder a Jellyfin',
    starting: 'Jellyfin se está iniciando',
    text: 'El servidor se está iniciando o actualizando. Esta página lo vuelve a intentar sola.',
  },
};

const STYLE =
  'body{background:#101010;color:#ddd;font:1.1em/1.5 system-ui,sans-serif;text-align:center;margin:20vh 1em}';

/**
 * Asks for the page's own address, so that no path of ours needs to be known, and reloads when something else than
 * "not yet" comes. Written for browsers of old televisions. A `refresh` alone would not reload an address with a
 * fragment (HTML, "navigate to a fragment"), and would flicker.
 */
const SCRIPT = `(function(){function ask(){var x=new XMLHttpRequest();x.open('HEAD',location.href.split('#')[0]);\
x.setRequestHeader('Accept','text/html');x.timeout=10000;x.onloadend=function(){\
if(x.status&&x.status!==502&&x.status!==503)location.reload();else later()};x.send()}\
function later(){setTimeout(ask,${RETRY_SECONDS * 1000})}later()})()`;

/** Makes the page shown in Jellyfin's place, in every language, for both of its titles. */
export function createWaitingPages(): (language: Language, state: JellyfinState) => WaitingPage {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
  const pages = new Map(
    LANGUAGES.flatMap((language) =>
      (['away', 'starting'] as const).map((title) => [`${language} ${title}`, draw(language, title)]),
    ),
  );
  return (language, state) => {
    const title = state === 'starting' || state === 'loading' ? 'starting' : 'away';
    return { html: pages.get(`${language} ${title}`) ?? '', policy };
  };
}

function draw(language: Language, title: 'away' | 'starting'): string {
  const words = WORDS[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="${RETRY_SECONDS}"></noscript>
<title>${words[title]}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${words[title]}</h1>
<p>${words.text}</p>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
