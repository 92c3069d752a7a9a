import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import type { Logger } from '../../log/log.ts';
import type { AdminSessions, SignedInAdministrator } from '../../ports/admin-sessions.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Limits, waitSecondsUntil } from '../../ports/limits.ts';
import {
  ADMIN_CALL_NAMES,
  ADMIN_CALLS,
  type AdminCall,
  type AdminCallName,
  type AdminHandlers,
  type AdminNote,
} from '../admin-calls.ts';
import { AdminFailure } from '../admin-errors.ts';
import { ApiFailure } from '../errors.ts';
import { createJsonCall, readClientAddress } from '../json-call.ts';
import { OPENAPI_PATH, writeOpenApi } from '../openapi.ts';

/** What the routes are made of. */
export interface AdminRoutesParts {
  readonly sessions: AdminSessions;
  readonly handlers: AdminHandlers;
  /** What an error of a use case is to whoever called; anything but an `AdminFailure` is left as it is. */
  readonly translate: (error: unknown) => unknown;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Calls an administrator may make in a minute. */
export const ADMIN_CALLS_PER_MINUTE = 120;

/** Messages, links and invitations an administrator may bring into the world in an hour. */
export const ADMIN_SENDINGS_PER_HOUR = 20;

/** Where all of it is, below `/gatehouse`. */
export const ADMIN_PATH = '/api/admin';

/**
 * `POST /api/admin/*`: every call of `ADMIN_CALLS`, and `GET /api/admin/openapi.json`. Whoever is no administrator with a fresh
 * session is told `signed-out` and nothing else, before a body is read. Every call that got past that is in the audit
 * log with who made it and how it ended. Source: ASVS 5.0 2.4.1, 8.2.1, 8.4.2, 16.3.2.
 */
export function createAdminRoutes(parts: AdminRoutesParts): Router {
  const { sessions, limits, clock, log } = parts;
  const askers = new WeakMap<Request, SignedInAdministrator>();

  async function take(userId: string, what: string, points: number, windowMs: number): Promise<void> {
    const now = clock.now();
    const { isWithin, endsAt } = await limits.take(`admin:${userId}:${what}`, { points, windowMs }, now);
    if (isWithin) return;
    const seconds = waitSecondsUntil(endsAt, now);
    throw new ApiFailure('too-many-requests', { headers: { 'Retry-After': String(seconds) } });
  }

  const admit: RequestHandler = async (request, _response, next) => {
    const asker = await sessions.administratorOf(request);
    if (asker === undefined) {
      const clientAddress = readClientAddress(request);
      log.warn({ event: 'admin-refused', clientAddress, path: request.path });
      throw new ApiFailure('signed-out');
    }
    askers.set(request, asker);
    await take(asker.userId, 'calls', ADMIN_CALLS_PER_MINUTE, 60_000);
    next();
  };

  function createCall(name: AdminCallName): Router {
    const call: AdminCall = ADMIN_CALLS[name];
    // Each handler fits the schemas of its own name, which the compiler cannot follow through a name it does not know.
    const handle = parts.handlers[name] as (...all: readonly unknown[]) => Promise<unknown>;
    const answerCall = async (body: unknown, request: Request): Promise<unknown> => {
      const who = askers.get(request);
      if (who === undefined) throw new ApiFailure('signed-out');
      const clientAddress = readClientAddress(request);
      const by = `administrator ${who.userName}`;
      const notes: AdminNote[] = [];
      const asker = { ...who, clientAddress, by, note: (about: AdminNote) => void notes.push(about) };
      let outcome = 'failed';
      try {
        if (call.isSending === true) await take(who.userId, 'sendings', ADMIN_SENDINGS_PER_HOUR, 3_600_000);
        const answer = await handle(body, asker);
        outcome = 'done';
        return answer;
      } catch (error) {
        const failure = parts.translate(error);
        if (failure instanceof AdminFailure || failure instanceof ApiFailure) outcome = failure.code;
        throw failure;
      } finally {
        const about = Object.assign({}, ...notes);
        log.info({ event: call.event, clientAddress, by, byId: who.userId, outcome, ...about });
      }
    };
    return createJsonCall(
      `${ADMIN_PATH}/${name}`,
      call.body,
      async (body, request, response) => {
        response.json(await answerCall(body, request));
      },
      'pages',
      admit,
    );
  }

  const router = Router({ caseSensitive: true, strict: true });
  for (const name of ADMIN_CALL_NAMES) router.use(createCall(name));
  router.get(OPENAPI_PATH, refuseOtherSites, admit, (_request, response) => {
    response.json(writeOpenApi());
  });
  router.all(OPENAPI_PATH, () => {
    throw new ApiFailure('not-found', { status: 405, headers: { Allow: 'GET, HEAD' } });
  });
  router.use(ADMIN_PATH, answerFailure);
  return router;
}

/** It can be read by typing its address; another site has no business with it. Source: Fetch Metadata (W3C) section 2. */
const refuseOtherSites: RequestHandler = (request, _response, next) => {
  const site = request.get('sec-fetch-site') ?? 'none';
  if (site !== 'none' && site !== 'same-origin') throw new ApiFailure('bad-body', { status: 403 });
  next();
};

const answerFailure: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof AdminFailure) || response.headersSent) {
    next(error);
    return;
  }
  response.set('Cache-Control', 'no-store').status(error.status).json(error.toBody());
};
