import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ArrivalWay, Asker, StatusPort } from '../../injector/answers/status-port.ts';
import type { InjectorReport } from '../../injector/injector.ts';
import { showsSecret } from '../http/bearer-secret.ts';
import { type KeyState, REFUSED_FIX } from '../jellyfin/key-state.ts';
import type { Logger } from '../log/log.ts';
import type { ResetReport, ResetStatus } from '../ports/reset-service.ts';
import type { Metrics } from './metrics.ts';
import { REACH_HEADER, REACH_PATH, readQuestion, writeAnswer } from './reach.ts';

/** What `GET /gatehouse/health` tells those who may know. */
export interface Health {
  readonly status: 'ok' | 'not ready' | 'draining';
  /** Where only the reset service runs, the API key alone; null there without one. */
  readonly jellyfin:
    | {
        readonly reachable: boolean;
        readonly ready: boolean;
        readonly state: string;
        readonly version: string | null;
        /** Whether Jellyfin accepts the API key, with what to do where it does not; null without one. */
        readonly apiKey: string | null;
      }
    | { readonly apiKey: string }
    | null;
  /** Null when no reset service is configured. */
  readonly reset:
    | Omit<ResetReport, 'events' | 'oldestWaitingMs'>
    | { readonly storage: 'unreachable' }
    | null;
  /** By address: proxies in front that hide their clients, and what to do about each. */
  readonly proxies: Readonly<Record<string, string>>;
  /** By name: `on`, or why it is left out. */
  readonly mods: Readonly<Record<string, string>>;
}

/**
 * Puts together how the program is. Ready means that people are served: Jellyfin is there, and so is the database when
 * a reset service is configured. A mod that is left out and a mail server that is away make nobody unready; nor does a reset
 * service in another process, because media must go on without it.
 *
 * @param injector Undefined where only the reset service runs.
 * @param keyState What Jellyfin says to the API key. @default there is none
 */
export function composeHealth(
  injector: InjectorReport | undefined,
  reset: ResetStatus | undefined,
  keyState?: KeyState,
): Health {
  const apiKey = keyState === 'refused' ? KEY_REFUSED : (keyState ?? null);
  const inFront = injector === undefined ? undefined : toJellyfin(injector.jellyfin, apiKey);
  const jellyfin = inFront ?? (apiKey === null ? null : { apiKey });
  const isReady = inFront?.ready !== false && reset?.storage !== 'unavailable';
  return {
    status: isReady ? 'ok' : 'not ready',
    jellyfin,
    reset: reset === undefined ? null : toShown(reset),
    proxies: Object.fromEntries((injector?.hidingProxies ?? []).map(({ peer, fix }) => [peer, fix])),
    mods: Object.fromEntries(
      (injector?.mods ?? []).map(({ name, leftOut, lost }) => [name, stateOf(leftOut, lost)]),
    ),
  };
}

function stateOf(leftOut: string | undefined, lost: string | undefined): string {
  if (leftOut !== undefined) return `left out: ${leftOut}`;
  return lost === undefined ? 'on' : `on, but it does not find in this client: ${lost}`;
}

const KEY_REFUSED = `refused: what needs the key does not work, such as resetting passwords. ${REFUSED_FIX}`;

function toJellyfin({ state, version }: InjectorReport['jellyfin'], apiKey: string | null) {
  return {
    reachable: state !== 'away' && state !== 'unknown',
    ready: state === 'ready' || state === 'unhealthy',
    state,
    version: version ?? null,
    apiKey,
  };
}

/** Leaves out what is for the metrics only. */
function toShown(reset: ResetStatus): Health['reset'] {
  if (reset.storage === 'unreachable') return { storage: reset.storage };
  const { storage, outbox, channels, counts } = reset;
  return { storage, outbox, channels, counts };
}

/** What the answers are made of; each is asked anew for each answer, but for those who ask at the same moment. */
export interface StatusParts {
  /** Undefined where only the reset service runs. */
  readonly injector: () => InjectorReport | undefined;
  /** Undefined when no reset service is configured. */
  readonly reset: () => Promise<ResetStatus | undefined>;
  readonly metricsConfig: () => { readonly enabled: boolean; readonly token?: string | undefined };
  readonly metrics: Metrics;
  /** From `reachKey`; left out, or undefined: nobody is told how they came. */
  readonly reachKey?: () => Buffer | undefined;
  /** What Jellyfin says to the API key. @default there is none */
  readonly keyState?: () => KeyState | undefined;
  /** Whether the program was told to end: monitors then hear that nobody new is to be sent. @default it was not */
  readonly isEnding?: () => boolean;
  readonly log: Logger;
}

type Wanted = 'health' | 'live' | 'ready' | 'metrics' | 'reach';

/** Paths below `/gatehouse`: is the process alive, can people be served, and how does one reach it. */
const PATHS: Readonly<Record<string, Wanted>> = {
  '/health': 'health',
  '/health/live': 'live',
  '/health/ready': 'ready',
  '/metrics': 'metrics',
  [REACH_PATH]: 'reach',
};

/**
 * Answers monitors. Strangers learn only whether people are served, nothing of versions, mods or mails; metrics go to
 * this machine and to who has the token, and are not there for others; how they came is told to `doctor` only.
 */
export function createStatus(parts: StatusParts): StatusPort {
  let looking: Promise<ResetStatus | undefined> | undefined;

  /** One look for all who wait: each asks the database, and strangers may ask for health as often as they like. */
  function lookAtReset(): Promise<ResetStatus | undefined> {
    looking ??= parts.reset().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    wanted: Wanted,
    asker: Asker,
    way: ArrivalWay | undefined,
  ): Promise<void> {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (wanted === 'metrics') {
      const { enabled, token } = parts.metricsConfig();
      if (!enabled || !isReading || !mayRead(request, asker, token)) return send(request, response, 404);
      const { type, text } = await parts.metrics(parts.injector(), await lookAtReset());
      return send(request, response, 200, type, text);
    }
    if (wanted === 'reach') {
      const key = parts.reachKey?.();
      const nonce = key && readQuestion(key, request.headers[REACH_HEADER]);
      if (key === undefined || nonce === undefined || way === undefined || !isReading)
        return send(request, response, 404);
      return send(request, response, 200, 'text/plain; charset=utf-8', writeAnswer(key, nonce, way));
    }
    if (!isReading) return send(request, response, 405);
    if (wanted === 'live') return sendJson(request, response, 200, { status: 'ok' });
    const isReadyAsked = wanted === 'ready' || /[?&]ready(?:[=&]|$)/.test(request.url ?? '');
    const isDraining = parts.isEnding?.() === true;
    // Needs no look, at a time when looking may take long.
    if (isDraining && asker === 'stranger') return sendJson(request, response, 503, { status: 'draining' });
    // A stranger learns that it lives, which needs no look.
    if (asker === 'stranger' && !isReadyAsked) return sendJson(request, response, 200, { status: 'ok' });
    const health = composeHealth(parts.injector(), await lookAtReset(), parts.keyState?.());
    if (isDraining) return sendJson(request, response, 503, { ...health, status: 'draining' });
    const status = isReadyAsked && health.status !== 'ok' ? 503 : 200;
    const shown = asker === 'stranger' ? { status: health.status } : health;
    sendJson(request, response, status, shown);
  }

  return {
    answer(request, response, path, asker, way) {
      const wanted = PATHS[path];
      if (wanted === undefined) return false;
      answer(request, response, wanted, asker, way).catch((err: unknown) => {
        parts.log.error({ event: 'status-failed', err });
        if (!response.headersSent) send(request, response, 500);
      });
      return true;
    },
    answerRoad(request, response, way) {
      const question = request.headers[REACH_HEADER];
      if (question === undefined || request.method !== 'GET') return false;
      const key = parts.reachKey?.();
      const nonce = key && readQuestion(key, question);
      if (key === undefined || nonce === undefined) return false;
      send(request, response, 200, 'text/plain; charset=utf-8', writeAnswer(key, nonce, way()));
      return true;
    },
  };
}

function mayRead(request: IncomingMessage, asker: Asker, token: string | undefined): boolean {
  if (asker === 'machine') return true;
  return token !== undefined && showsSecret(request.headers.authorization, token);
}

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, value: object): void {
  send(request, response, status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type?: string,
  body = '',
): void {
  response.writeHead(status, {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
