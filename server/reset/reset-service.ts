import type { LoginPermission, ResetPort } from '../../injector/answers/reset-port.ts';
import { startAuditing } from '../audit/auditing.ts';
import { METHODS } from '../config/methods.ts';
import { createResetCounters } from '../health/reset-counters.ts';
import { answerProblem } from '../http/problems.ts';
import type { Clock } from '../ports/clock.ts';
import type { ResetReport } from '../ports/reset-service.ts';
import { openStorage } from '../storage/open-storage.ts';
import { type ComposedReset, composeReset } from './compose.ts';
import type { ResetServiceParts } from './service-parts.ts';

/** The reset service, as the injector sees it, and its end. */
export interface ResetService extends ResetPort {
  /** As `RunningResetService.endWork`. */
  endWork(graceMs?: number): Promise<void>;
  /** Lets a message and a change that are under way end, for up to 10 s. Idempotent. */
  close(): Promise<void>;
  /** How it is now. Never throws: a database that cannot be read is `unavailable`. */
  report(): Promise<ResetReport>;
}

/** Default of `reopenMs`. */
const REOPEN_MS = 5_000;

const CLOCK: Clock = { now: () => Date.now() };

/**
 * Starts the reset service. A database that cannot be opened is named in the log and tried again; until it opens, each
 * request is answered 503, and the proxying of media goes on. Never throws.
 */
export function createResetService(parts: ResetServiceParts): ResetService {
  const { log } = parts;
  const counters = createResetCounters(CLOCK);
  const auditing = startAuditing({ log, clock: CLOCK });
  let running: ComposedReset | undefined;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  /** What the log last said of why it cannot be opened: not every few seconds the same, for as long as that lasts. */
  let said: string | undefined;

  async function open(): Promise<void> {
    try {
      const storage = await openStorage(parts.storage, log);
      const composed = await composeReset(parts, { storage, counters, auditing, clock: CLOCK }).catch(
        async (error: unknown) => {
          await storage.close();
          throw error;
        },
      );
      if (isClosed) await composed.close();
      else {
        running = composed;
        if (said !== undefined) log.info({ event: 'storage-back' });
      }
    } catch (err) {
      const why = String(err);
      if (why !== said) log.error({ event: 'storage-unavailable', err });
      said = why;
      if (!isClosed) timer = setTimeout(() => void open(), parts.reopenMs ?? REOPEN_MS).unref();
    }
  }
  const opened = open();

  /**
   * Runs work with the parts over the open storage, once it was tried to open it.
   *
   * @param otherwise What is done while it is not open. @default throws
   */
  async function whenOpen<T>(
    work: (reset: ComposedReset) => T | Promise<T>,
    otherwise: () => T = refuse,
  ): Promise<T> {
    await opened;
    return running === undefined ? otherwise() : work(running);
  }

  return {
    requestReset: (request) => whenOpen((reset) => reset.requestReset(request)),
    redeemPin: METHODS[parts.reset.method].asksPin
      ? (attempt) => whenOpen((reset) => reset.redeemPin(attempt))
      : undefined,
    answer(request, response) {
      void whenOpen(
        (reset) => reset.answer(request, response),
        () => answerProblem(request, response, 'unavailable'),
      );
    },
    login: parts.loginThrottle && {
      begin: (attempt) =>
        whenOpen<LoginPermission>(
          (reset) => reset.login?.begin(attempt) ?? NOT_HELD,
          () => NOT_HELD,
        ),
      end: (attempt, outcome) =>
        whenOpen<void>(
          (reset) => reset.login?.end(attempt, outcome),
          () => undefined,
        ),
    },
    async report() {
      const counted = await running?.count().catch(() => undefined);
      const { waiting = 0, dead = 0, oldestAt } = counted ?? {};
      return {
        storage: counted === undefined ? 'unavailable' : 'open',
        outbox: { waiting, dead },
        oldestWaitingMs: oldestAt === undefined ? 0 : Math.max(0, CLOCK.now() - oldestAt),
        events: auditing.read(),
        ...counters.read(),
      };
    },
    async endWork(graceMs) {
      await opened;
      await running?.endWork(graceMs);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await opened;
      await running?.close();
      await auditing.close();
      running = undefined;
    },
  };
}

const NOT_HELD: LoginPermission = { isHeld: false };

function refuse(): never {
  throw new Error('the database is not open');
}
