import type { IncomingMessage, ServerResponse } from 'node:http';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { createHomeNetwork } from '../../injector/addresses/networks.ts';
import { describeWay } from '../../injector/answers/status-port.ts';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import { drawPlainPage } from '../../injector/http/plain-page.ts';
import type { AnswerFirst } from '../../injector/injector.ts';
import { readCookie } from '../http/account-cookie.ts';
import type { SetupAsker } from './setup-asker.ts';
import { createSetupForms, SETUP_COOKIE } from './setup-forms.ts';
import {
  FOR_STRANGERS,
  type Places,
  type SetupState,
  THROUGH_UNKNOWN_PROXY,
  toPage,
  viewDoor,
  viewProblems,
  viewTurn,
} from './setup-views.ts';

const OWN_PATH = /^(.*\/)gatehouse(?:\/(?:setup\/?)?)?$/i;
const HEALTH = /\/gatehouse\/health(\/(?:live|ready))?$/;

/**
 * So that a form is sent with the origin of its page, by which we know it: with `no-referrer` browsers send `null`. No address of
 * ours holds anything. Source: Fetch, "append a request `Origin` header".
 */
const HEADERS = { ...OWN_HEADERS, 'Referrer-Policy': 'same-origin' };

/**
 * Makes what answers while there is no configuration that can be used: `…/gatehouse/setup` says what to fill in, to people
 * at home, and sets Gatehouse up with whoever types the code of the log; others learn that somebody is at it. Where Jellyfin is not
 * passed through, it answers everything else too, monitors among them. Afterwards it leads from there to the web client.
 *
 * @param asker Undefined as long as nobody can be asked.
 * @param trustedProxies As `listen.trustedProxies`.
 */
export function createSetupPage(
  state: () => SetupState,
  asker: () => SetupAsker | undefined,
  trustedProxies: readonly string[],
): AnswerFirst {
  const addresses = createClientAddresses(trustedProxies);
  const isHome = createHomeNetwork();
  const answerForm = createSetupForms(asker);

  /** Behind a proxy that nobody told us of, everybody would seem to be at home. */
  function comeFrom(request: IncomingMessage): 'home' | 'elsewhere' | 'unknown-proxy' {
    const { client, proxy } = describeWay(request, addresses);
    if (proxy !== 'none-seen' && proxy !== 'trusted') return 'unknown-proxy';
    return isHome(client) ? 'home' : 'elsewhere';
  }

  return (request, response) => {
    const now = state();
    const [path = ''] = (request.url ?? '/').split('?', 1);
    const base = OWN_PATH.exec(path)?.[1];
    const from = comeFrom(request);
    const isHere = from === 'home';
    const asking = now.notWritten === undefined && isHere && base !== undefined ? asker() : undefined;
    const isIn = () => asking?.door.isIn(readCookie(request.headers.cookie, SETUP_COOKIE)) === true;
    const conversation = isIn() ? asking?.conversation : undefined;
    if (now.isOver && conversation === undefined) return leadOnFromSetup(request, response);
    if (base === undefined && now.isPassedThrough) return false;
    const [, health = ''] = HEALTH.exec(path) ?? [];
    if (HEALTH.test(path)) return answerHealth(response, health !== '/ready');
    const places = placesFrom(path, base ?? '');
    const showDoor = (status: number, fault?: string, more: Readonly<Record<string, string>> = {}) => {
      const isTaken = asking?.conversation !== undefined;
      send(request, response, toPage(viewDoor(now, places, { fault, isTaken })), status, more);
    };
    if (asking !== undefined && request.method === 'POST') {
      const { client } = describeWay(request, addresses);
      void answerForm({
        request,
        response,
        client,
        isIn,
        places,
        base: (base ?? '/').slice(0, -1),
        showDoor,
      });
    } else if (conversation !== undefined)
      send(request, response, toPage(viewTurn(conversation, places, now)), 200);
    else if (asking !== undefined) showDoor(503);
    else {
      const link = base === undefined && asker() !== undefined ? '/gatehouse/setup' : undefined;
      const others = from === 'elsewhere' ? FOR_STRANGERS : THROUGH_UNKNOWN_PROXY;
      send(request, response, toPage(isHere ? viewProblems(now, link) : others), 503);
    }
    return true;
  };
}

/** Relative, so that they are right below every path that only a proxy in front knows. */
function placesFrom(path: string, base: string): Places {
  const up = '../'.repeat(path.slice(base.length).split('/').length - 1);
  return { setup: `${up}gatehouse/setup`, webClient: `${up}web/index.html` };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  page: Parameters<typeof drawPlainPage>[0],
  status: number,
  more: Readonly<Record<string, string>> = {},
): void {
  const { html, policy } = drawPlainPage(page);
  const headers = {
    ...HEADERS,
    'Content-Security-Policy': policy,
    'Content-Type': 'text/html; charset=utf-8',
    ...more,
  };
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(html) });
  response.end(request.method === 'HEAD' ? undefined : html);
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
