import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { z } from 'zod';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { endLateBody } from '../../injector/admission/idle-bodies.ts';
import { LIMITS } from '../../injector/admission/limits.ts';
import type { Behind } from '../../injector/admission/server.ts';
import { describeWay, findAsker, type StatusPort } from '../../injector/answers/status-port.ts';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import { readBody } from '../../injector/http/read-body.ts';
import { showsSecret } from '../http/bearer-secret.ts';
import { answerProblem } from '../http/problems.ts';
import type { Logger } from '../log/log.ts';
import type { RunningResetService } from '../ports/reset-service.ts';
import { CONNECTION_LIMITS } from './limits.ts';
import {
  ANSWER_MARK,
  BeginLoginCall,
  CARRIED,
  EndLoginCall,
  PATHS,
  PinCall,
  ResetRequestCall,
} from './protocol.ts';

/** One call; undefined when the body is not what it takes, or it is not done here. Fails when the service does. */
type Call = (body: Buffer) => Promise<unknown>;

/** Gives what answers each path of a call, by the reset service's own methods. */
export function createCalls(reset: Omit<RunningResetService, 'answer' | 'endWork' | 'close'>): {
  readonly [path: string]: Call | undefined;
} {
  return {
    [PATHS.requestReset]: taking(ResetRequestCall, async ({ acceptLanguage, ...asked }) => {
      return { answer: await reset.requestReset({ ...asked, acceptLanguage }) };
    }),
    [PATHS.redeemPin]: taking(PinCall, async (attempt) => reset.redeemPin?.(attempt)),
    [PATHS.beginLogin]: taking(BeginLoginCall, async ({ attempt }) => reset.login?.begin(attempt)),
    [PATHS.endLogin]: taking(EndLoginCall, async ({ attempt, outcome }) => {
      await reset.login?.end(attempt, outcome);
      return {};
    }),
    [PATHS.report]: () => reset.report(),
  };
}

function taking<Schema extends z.ZodType>(
  schema: Schema,
  answer: (body: z.output<Schema>) => Promise<unknown>,
): Call {
  return async (bytes) => {
    const body = schema.safeParse(parse(bytes));
    return body.success ? answer(body.data) : undefined;
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What the listener is made of. */
export interface ResetListenerParts {
  /** Undefined before the first configuration. */
  readonly reset: () => RunningResetService | undefined;
  /** What callers must show, any one of these. Empty: nobody is let in. */
  readonly secrets: () => readonly string[];
  /** Answers `/gatehouse/health` and `/gatehouse/metrics`, which need no secret. */
  readonly status: StatusPort;
  readonly log: Logger;
}

/** How often callers without the secret are logged at most, in milliseconds. */
const COMPLAIN_MS = 60_000;

/**
 * Makes the listener of a reset service that runs alone, for `createServer`: injectors with the secret come in, monitors may
 * look at its health, and everybody else is answered 401, whatever they ask for.
 */
export function createResetListener(parts: ResetListenerParts): Behind {
  const { log, status } = parts;
  const addresses = createClientAddresses([]);
  let complainedAt = Number.NEGATIVE_INFINITY;

  function refuse(request: IncomingMessage, response: ServerResponse): void {
    if (performance.now() - complainedAt > COMPLAIN_MS) {
      complainedAt = performance.now();
      log.warn({ event: 'reset-door-refused', peer: request.socket.remoteAddress });
    }
    response.setHeader(ANSWER_MARK, 'refused');
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer', 'Content-Length': 0, Connection: 'close' }).end();
  }

  async function take(
    request: IncomingMessage,
    response: ServerResponse,
    reset: RunningResetService,
  ): Promise<void> {
    const { url = '/' } = request;
    const call = createCalls(reset)[url];
    if (call !== undefined && request.method === 'POST') {
      const body = await readBody(request, CONNECTION_LIMITS.bodyBytes);
      const answer = body === undefined ? undefined : await call(body);
      sendJson(response, answer === undefined ? 400 : 200, answer ?? {});
    } else if (url.startsWith(`${PATHS.people}/`) && restoreHeaders(request)) {
      request.url = url.slice(PATHS.people.length);
      reset.answer(request, response);
    } else sendJson(response, 404, {});
  }

  return {
    async answer(request, response) {
      for (const [name, value] of Object.entries(OWN_HEADERS)) response.setHeader(name, value);
      endLateBody(request, LIMITS.ownBodyMs);
      const [path = '/'] = (request.url ?? '/').split('?', 1);
      const asker = findAsker(request, addresses.of(request.socket.remoteAddress, undefined), addresses);
      const asked = /^\/gatehouse(\/.*)$/.exec(path)?.[1];
      const way = describeWay(request, addresses);
      if (asked !== undefined && status.answer(request, response, asked, asker, way)) return;
      const shown = request.headers.authorization;
      if (!parts.secrets().some((secret) => showsSecret(shown, secret))) return refuse(request, response);
      response.setHeader(ANSWER_MARK, '1');
      const reset = parts.reset();
      if (reset === undefined) return answerProblem(request, response, 'unavailable');
      try {
        await take(request, response, reset);
      } catch (err) {
        // The service has logged why; the caller learns that it cannot be used now.
        log.debug({ event: 'reset-call-failed', path, err });
        if (response.headersSent) response.destroy();
        else sendJson(response, 503, {});
      }
    },
    upgrade: (_request, socket) => void socket.destroy(),
  };
}

/**
 * Gives the request the headers that `ResetPort.answer` speaks of, from those that the injector sent with the secret.
 *
 * @returns false when there is not one valid client address.
 */
function restoreHeaders({ headers }: IncomingMessage): boolean {
  const client = headers[CARRIED.client];
  if (typeof client !== 'string' || isIP(client) === 0) return false;
  headers['x-forwarded-for'] = client;
  headers['x-forwarded-proto'] = headers[CARRIED.scheme] === 'https' ? 'https' : 'http';
  for (const [to, from] of [
    ['x-forwarded-host', CARRIED.host],
    // Ours is no name a page of somebody may have; see `isOwnPage`.
    ['host', CARRIED.host],
    ['authorization', CARRIED.authorization],
  ] as const) {
    const value = headers[from];
    if (typeof value === 'string') headers[to] = value;
    else delete headers[to];
  }
  for (const name of Object.values(CARRIED)) delete headers[name];
  return true;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
    .end(body);
}
