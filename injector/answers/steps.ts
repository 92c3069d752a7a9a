import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientAddresses } from '../addresses/client-address.ts';
import type { HiddenClients } from '../admission/hidden-clients.ts';
import { endLateBody } from '../admission/idle-bodies.ts';
import { LIMITS } from '../admission/limits.ts';
import type { PathGuard } from '../admission/path-guard.ts';
import { DecodingError } from '../http/decoding.ts';
import { makeRedirectsRelative } from '../http/node/relative-redirects.ts';
import type { SetOwnHeaders } from '../http/own-headers.ts';
import { carriesToken } from '../jellyfin/credentials.ts';
import type { Route } from '../jellyfin/routes.ts';
import type { Rewriter } from '../rewrite/rewriter.ts';
import type { WebCache } from '../static/web-cache.ts';
import type { Forward } from '../upstream/forward.ts';
import type { Assets } from './assets.ts';
import { answerInPlace } from './forgot-password.ts';
import type { OutageLog } from './outage-log.ts';
import type { LoginThrottle, ResetPort } from './reset-port.ts';
import { answerLogin } from './sign-in.ts';
import { describeWay, findAsker, type StatusPort } from './status-port.ts';
import type { CountedAnswer } from './traffic.ts';
import type { Unavailable } from './unavailable.ts';

/** What the steps answer with. */
export interface Handlers {
  readonly addresses: ClientAddresses;
  readonly assets: Assets;
  readonly guard: PathGuard;
  readonly hiddenClients: HiddenClients;
  readonly rewriter: Rewriter;
  readonly forward: Forward;
  /** Absent when no reset service is configured: Jellyfin then answers Forgot Password itself. */
  readonly reset: ResetPort | undefined;
  /** Absent when sign-ins are not throttled. */
  readonly login?: LoginThrottle | undefined;
  readonly outages: OutageLog;
  readonly unavailable: Unavailable;
  readonly status: StatusPort | undefined;
  readonly setOwnHeaders: SetOwnHeaders;
  /** True when a proxy in front strips a path that people see; see `makeRedirectsRelative`. */
  readonly isPathStripped: boolean;
  /** Absent when it is switched off. */
  readonly webCache: WebCache | undefined;
  /** Set: what cannot be read goes on to whoever is asked next, instead of an error. */
  readonly passesBroken?: true;
}

/** A request on its way through the steps, with what is known of it. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Address of the client, from `setForwardedHeaders`. */
  readonly client: string;
  /** From `canonicalPath`; undefined for a path outside Jellyfin's base URL. */
  readonly path: string | undefined;
  readonly route: Route | undefined;
  /** Takes the name of the handler that is at work; the last one counts. */
  readonly counted: CountedAnswer;
}

/** One step: true when it answered, or will. A step that has nothing to wait for gives no promise. */
export type Step = (visit: Visit, handlers: Handlers) => boolean | Promise<boolean>;

/** Gives a body that we read ourselves a time to arrive; one that goes on to Jellyfin takes as long as it takes. */
export const limitBody: Step = ({ request, route }) => {
  if (route?.kind === 'own' || route?.kind === 'answered' || route?.kind === 'login')
    endLateBody(request, LIMITS.ownBodyMs);
  return false;
};

/** Puts the headers of our own answers on what we answer below `/gatehouse`. */
export const setOwnHeaders: Step = (visit, handlers) => {
  const isOurs =
    visit.route?.kind === 'own' || (statusPathOf(visit) !== undefined && handlers.status !== undefined);
  if (isOurs) handlers.setOwnHeaders(visit.request, visit.response);
  return false;
};

/** Answers monitors: health and metrics; and who may ask which way requests take. */
export const answerStatus: Step = (visit, { addresses, status }) => {
  const path = statusPathOf(visit);
  if (status === undefined) return false;
  const { request, response, client, counted } = visit;
  if (path === undefined) {
    const isAnswered = status.answerRoad?.(request, response, () => describeWay(request, addresses)) === true;
    if (isAnswered) counted.handler = 'own';
    return isAnswered;
  }
  counted.handler = 'own';
  const asker = findAsker(request, client, addresses);
  return status.answer(request, response, path, asker, describeWay(request, addresses));
};

/** Answers for the script and the stylesheet of the mods. */
export const answerAsset: Step = ({ request, response, route, counted }, { assets }) => {
  if (route?.kind !== 'own') return false;
  counted.handler = 'own';
  return assets.answer(request, response, ownPath(request.url ?? ''));
};

/** What stands below `/gatehouse` where no passwords are reset. */
const NO_RESET = 'There is no page here: this server has no password reset service.\n';

/** Hands everything else below `/gatehouse` to the reset service, and leads from `/gatehouse` to My Account; 404 without one. */
export const answerOwnPage: Step = ({ request, response, route }, { reset }) => {
  if (route?.kind !== 'own') return false;
  const { url = '' } = request;
  const account = reset === undefined ? undefined : accountFrom(request);
  if (reset === undefined) {
    response.writeHead(404, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(NO_RESET),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : NO_RESET);
  } else if (account !== undefined) {
    response.writeHead(302, { Location: account, 'Content-Length': 0, 'Cache-Control': 'no-store' }).end();
  } else {
    request.url = ownPath(url) + queryOf(url);
    reset.answer(request, response);
  }
  return true;
};

/** Answers Jellyfin's Forgot Password form in its place. */
export const answerForgotPassword: Step = ({ request, response, client, route, counted }, { reset }) => {
  if (route?.kind !== 'answered' || reset === undefined) return false;
  counted.handler = 'answered';
  return answerInPlace(request, response, route.route, client, reset).then(() => true);
};

/** Lets sign-ins through to Jellyfin, or holds them back. */
export const answerSignIn: Step = ({ request, response, client, route }, handlers) => {
  if (route?.kind !== 'login') return false;
  const { hiddenClients, login } = handlers;
  if (login !== undefined) hiddenClients.note(request);
  const pass: Forward = (...passed) => forwardTo(handlers, ...passed);
  return answerLogin(request, response, route.login, client, login, pass).then(() => true);
};

/** Refuses what of Jellyfin is not for everybody. */
export const guardPath: Step = ({ request, response, client, path, counted }, { guard }) => {
  const guarded = guard.find(path);
  if (guarded === undefined) return false;
  return guard.decide(guarded, request, client).then((refused) => {
    if (refused === undefined) return false;
    counted.handler = 'guarded';
    response.writeHead(refused, { 'Content-Length': 0 }).end();
    return true;
  });
};

/** Shows people a page that waits, while Jellyfin is not ready. */
export const showWaitingPage: Step = ({ request, response, path, counted }, { unavailable }) => {
  const received = unavailable.receive(request, response, path);
  if (received !== false) counted.handler = 'waiting-page';
  return received;
};

/** Answers with a file of Jellyfin's as the mods change it. What cannot be rewritten goes on as it is. */
export const answerRewritten: Step = (
  { request, response, client, route, counted },
  { rewriter, outages, webCache, passesBroken },
) => {
  if (route?.kind !== 'rewritten' || (webCache !== undefined && isPageScript(request, route))) return false;
  // Who is signed in may be an administrator in the settings of the branding, whose form would write what mods say into Jellyfin.
  if (route.route === 'branding' && carriesToken(request)) return false;
  counted.handler = 'rewritten';
  const fail = (error: unknown): boolean => {
    outages.rewriteFailed(route.route, error);
    if (passesBroken || !(error instanceof DecodingError) || error.fault !== 'broken') return false;
    // Passed through, it would look like a whole answer.
    response.writeHead(502, { 'Content-Length': 0, 'Cache-Control': 'no-store' }).end();
    return true;
  };
  try {
    const answered = rewriter.answer(request, response, { ...route, client });
    return typeof answered === 'boolean' ? answered : answered.catch(fail);
  } catch (error) {
    return fail(error);
  }
};

/** Answers with a kept script, style or font of the web client. */
export const answerKept: Step = ({ request, response, path, route, counted }, { webCache }) => {
  if (webCache === undefined || path?.startsWith('/web/') !== true) return false;
  counted.handler = 'cached';
  return webCache.answer(request, response).then((isAnswered) => {
    if (!isAnswered && route?.kind === 'rewritten' && route.route === 'page') {
      webCache.pageWentBy();
      response.once('finish', webCache.pageWentBy);
    }
    return isAnswered;
  });
};

/** Passes the request on to Jellyfin, and its answer back as it is. */
export const passOn: Step = ({ request, response, counted }, handlers) => {
  counted.handler = 'passed';
  forwardTo(handlers, request, response);
  return true;
};

function forwardTo(
  { forward, isPathStripped }: Handlers,
  ...[request, response, body]: Parameters<Forward>
): void {
  if (isPathStripped) makeRedirectsRelative(request, response);
  forward(request, response, body);
}

/** What monitors may be asking for: what follows `/gatehouse`, with or without Jellyfin's base URL before it. */
function statusPathOf({ request: { url = '' }, path, route }: Visit): string | undefined {
  if (route?.kind === 'own') return ownPath(url);
  return path === undefined ? statusPath(url) : undefined;
}

/** Monitors ask without Jellyfin's base URL, which they need not know. What follows `/gatehouse`, or undefined. */
export function statusPath(url: string): string | undefined {
  return /^\/gatehouse(\/(?:health(?:\/live|\/ready|\/reach)?|metrics))(?:\?|$)/.exec(url)?.[1];
}

/** What follows `/gatehouse` in the request line, as it was typed. */
export function ownPath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  const place = path.search(/\/gatehouse(?=\/|$)/i);
  return path.slice(place + '/gatehouse'.length) || '/';
}

/** From `/gatehouse` to My Account, right below every base URL and sub-path that people see; undefined from anywhere else. */
function accountFrom({ method, url = '' }: IncomingMessage): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [, slash] = /\/gatehouse(\/?)$/i.exec(url.split('?', 1)[0] ?? '') ?? [];
  if (slash === undefined) return undefined;
  return slash === '' ? 'gatehouse/account' : 'account';
}

function queryOf(url: string): string {
  const index = url.indexOf('?');
  return index === -1 ? '' : url.slice(index);
}

/** From 10.9 on the page names the service worker's file as a script too, with its build; browsers register it without. */
function isPageScript({ url = '' }: IncomingMessage, route: Route): boolean {
  return route.kind === 'rewritten' && route.route === 'service-worker' && /\?[0-9a-f]{20}$/.test(url);
}
