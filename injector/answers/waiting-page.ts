import { type DrawnPage, drawPlainPage } from '../http/plain-page.ts';
import type { JellyfinState } from '../jellyfin/readiness.ts';
import type { Language } from '../kit/translations.ts';

/** Seconds between two tries. */
export const RETRY_SECONDS = 3;

/** What a server is called of which nobody has heard yet. */
const NAMELESS = 'Jellyfin';

interface Words {
  readonly away: string;
  readonly starting: string;
  /** The first sentence below each title. */
  readonly why: { readonly away: string; readonly starting: string };
  readonly sentences: readonly string[];
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    away: '{name} is not reachable',
    starting: '{name} is starting',
    why: {
      away: 'It may be restarting, or being updated.',
      starting: 'It will be ready in a moment.',
    },
    sentences: [
      'You need not do anything: this page tries again every few seconds, and then goes on by itself.',
      'If it takes longer than some minutes, tell the person who runs the server.',
    ],
  },
  de: {
    away: '{name} ist nicht erreichbar',
    starting: '{name} startet',
    why: {
      away: 'Vielleicht startet der Server neu, oder er wird aktualisiert.',
      starting: 'Gleich ist der Server bereit.',
    },
    sentences: [
      'Du musst nichts tun: Diese Seite versucht es alle paar Sekunden erneut und geht dann von selbst weiter.',
      'Dauert es länger als einige Minuten, sag der Person Bescheid, die den Server betreibt.',
    ],
  },
  fr: {
    away: '{name} est injoignable',
    starting: '{name} démarre',
    why: {
      away: 'Le serveur redémarre peut-être, ou est en cours de mise à jour.',
      starting: 'Le serveur sera prêt dans un instant.',
    },
    sentences: [
      'Vous n’avez rien à faire\u00a0: cette page réessaie toutes les quelques secondes, puis continue toute seule.',
      'Si cela dure plus de quelques minutes, prévenez la personne qui gère le serveur.',
    ],
  },
  es: {
    away: 'No se puede acceder a {name}',
    starting: '{name} se está iniciando',
    why: {
      away: 'Quizá el servidor se esté reiniciando o actualizando.',
      starting: 'El servidor estará listo en un momento.',
    },
    sentences: [
      'No tienes que hacer nada: esta página lo vuelve a intentar cada pocos segundos y luego continúa sola.',
      'Si tarda más de unos minutos, avisa a la persona que administra el servidor.',
    ],
  },
};

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
  const words = WORDS[language];
  const kind = state === 'starting' || state === 'loading' ? 'starting' : 'away';
  return drawPlainPage({
    language,
    title: words[kind],
    name: serverName ?? NAMELESS,
    sentences: [words.why[kind], ...words.sentences],
    waiting: { script: SCRIPT, seconds: RETRY_SECONDS },
    frameAncestors: "'self'",
  });
}
