import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { createHomeNetwork } from '../../injector/addresses/networks.ts';
import { describeWay } from '../../injector/answers/status-port.ts';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import { drawPlainPage } from '../../injector/http/plain-page.ts';
import type { AnswerFirst } from '../../injector/injector.ts';

/** What the page tells. */
export interface SetupState {
  /** The configuration file. */
  readonly file: string;
  /** Why it could not be written, by the system's code; undefined where there is one. */
  readonly notWritten: string | undefined;
  /** What is wrong with it or missing, one a sentence, without any value that may be a secret. */
  readonly problems: readonly string[];
  /** Whether Jellyfin is passed through meanwhile; if not, every address shows the page. */
  readonly isPassedThrough: boolean;
  /** True as soon as a configuration is in force. */
  readonly isOver: boolean;
}

/** Seconds between two looks at what is still missing. */
const LOOK_SECONDS = 3;

const TITLE = 'Gatehouse is waiting for its configuration';

/**
 * Loads the page again when it would say something else; what a proxy in front says while Gatehouse is started anew is not it. A
 * `refresh` would flicker.
 */
const SCRIPT = `(function(){var first;function look(){var x=new XMLHttpRequest();x.open('GET',location.href.split('#')[0]);\
x.setRequestHeader('Accept','text/html');x.timeout=10000;x.onloadend=function(){\
var isOurs=x.status===503&&x.responseText.indexOf('${TITLE}')>0;\
if(isOurs&&first===undefined)first=x.responseText;\
if(isOurs?x.responseText!==first:x.status&&x.status<500)return location.reload();later()};\
x.send()}function later(){setTimeout(look,${LOOK_SECONDS * 1000})}look()})()`;

const OWN_PATH = /^(.*\/)gatehouse(?:\/(?:setup\/?)?)?$/i;
const HEALTH = /\/gatehouse\/health(\/(?:live|ready))?$/;

/**
 * Makes what answers while there is no configuration that can be used: `…/gatehouse/setup` says what to fill in, to people
 * at home; others learn that somebody is at it. Where Jellyfin is not passed through, it answers everything else too, monitors
 * among them. Afterwards it leads from there to the web client. Its words are for admins, in English as their configuration is.
 *
 * @param trustedProxies As `listen.trustedProxies`.
 */
export function createSetupPage(state: () => SetupState, trustedProxies: readonly string[]): AnswerFirst {
  const addresses = createClientAddresses(trustedProxies);
  const isHome = createHomeNetwork();

  /** Behind a proxy that nobody told us of, everybody would seem to be at home. */
  function isAtHome(request: IncomingMessage): boolean {
    const { client, proxy } = describeWay(request, addresses);
    return (proxy === 'none-seen' || proxy === 'trusted') && isHome(client);
  }

  return (request, response) => {
    const { isOver, isPassedThrough, ...about } = state();
    const [path = ''] = (request.url ?? '/').split('?', 1);
    const base = OWN_PATH.exec(path)?.[1];
    if (isOver) return leadOnFromSetup(request, response);
    if (base === undefined && isPassedThrough) return false;
    const [, health = ''] = HEALTH.exec(path) ?? [];
    if (HEALTH.test(path)) return answerHealth(response, health !== '/ready');
    const { html, policy } = drawPlainPage({
      language: 'en',
      title: TITLE,
      sentences: isAtHome(request) ? describe({ ...about, isPassedThrough }) : [FOR_STRANGERS],
      waiting: { script: SCRIPT, seconds: LOOK_SECONDS },
    });
    const headers = {
      ...OWN_HEADERS,
      'Content-Security-Policy': policy,
      'Content-Type': 'text/html; charset=utf-8',
    };
    response.writeHead(503, { ...headers, 'Content-Length': Buffer.byteLength(html) });
    response.end(request.method === 'HEAD' ? undefined : html);
    return true;
  };
}

const FOR_STRANGERS =
  'Whoever runs this server sees here, from the home network, what is missing; so does its log.';

function describe({ file, notWritten, problems, isPassedThrough }: Omit<SetupState, 'isOver'>): string[] {
  return [
    notWritten === undefined
      ? `Fill in ${file}. As soon as it is saved and everything fits, it is in force, and this page goes on by itself. A file of a secret that was filled in counts once ${basename(file)} is saved again.`
      : `${file} is missing, and could not be written (${notWritten}): let the user Gatehouse runs as write into that folder, or put the file there.`,
    // The folder stands above.
    ...problems.map((problem) => problem.replace(file, basename(file))),
    isPassedThrough
      ? 'Meanwhile Jellyfin is reached here as it is without Gatehouse.'
      : 'Meanwhile every address here shows this page. With GATEHOUSE_JELLYFIN__URL in the environment, Jellyfin is reached here as it is.',
  ];
}

/** Leads from `…/gatehouse/setup` to the web client: people keep the address that they were told at first. */
export const leadOnFromSetup: AnswerFirst = (request, response) => {
  const [path = ''] = (request.url ?? '/').split('?', 1);
  if (!OWN_PATH.test(path) || !/\/setup\/?$/i.test(path)) return false;
  // Relative, so that it is right below every path that only a proxy in front knows.
  const Location = `${path.endsWith('/') ? '../' : ''}../web/index.html`;
  response.writeHead(302, { ...OWN_HEADERS, Location, 'Content-Length': 0 }).end();
  return true;
};

function answerHealth(response: ServerResponse, isFine: boolean): true {
  const body = `${JSON.stringify({ status: isFine ? 'ok' : 'not ready' })}\n`;
  const headers = { ...OWN_HEADERS, 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(isFine ? 200 : 503, { ...headers, 'Content-Length': body.length }).end(body);
  return true;
}
