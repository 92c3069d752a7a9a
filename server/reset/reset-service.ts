import type { ResetPort } from '../../injector/answers/reset-port.ts';
import { startAuditing } from '../audit/auditing.ts';
import { METHODS } from '../config/methods.ts';
import { createResetCounters } from '../health/reset-counters.ts';
import { answerProblem } from '../http/problems.ts';
import type { Clock } from '../ports/clock.ts';
import type { ResetReport } from '../ports/reset-service.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { ResetServiceParts } from './compose.ts';
import { type ComposedReset, composeReset } from './compose.ts';

/** The reset service, as the injector sees it, and its end. */
export interface ResetService extends ResetPort {
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
  const tally = createResetCounters(CLOCK);
  const auditing = startAuditing({ log, clock: CLOCK });
  let running: ComposedReset | undefined;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  /** What the log last said of why it cannot be opened: not every few seconds the same, for as long as that lasts. */
  let said: string | undefined;

  async function open(): Promise<void> {
    try {
      const storage = await openStorage(parts.storage, log);
      const composed = await composeReset(parts, { storage, tally, auditing, clock: CLOCK }).catch(
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

  return {
    async askReset(asked) {
      await opened;
      if (running === undefined) throw new Error('the database is not open');
      return running.askReset(asked);
    },
    redeemPin: METHODS[parts.reset.method].asksPin
      ? async (attempt) => {
          await opened;
          if (running === undefined) throw new Error('the database is not open');
          return running.redeemPin(attempt);
        }
      : undefined,
    answer(request, response) {
      void opened.then(() => {
        if (running === undefined) answerProblem(request, response, 'unavailable');
        else running.answer(request, response);
      });
    },
    login: parts.loginThrottle && {
      async begin(attempt) {
        await opened;
        return (await running?.login?.begin(attempt)) ?? { isHeld: false };
      },
      async end(attempt, outcome) {
        await running?.login?.end(attempt, outcome);
      },
    },
    async report() {
      const counted = await running?.count().catch(() => undefined);
      const { waiting = 0, dead = 0, oldestAt } = counted ?? {};
      return {
        storage: counted === undefined ? 'unavailable' : 'open',
        outbox: { waiting, dead },
        oldestWaitingMs: oldestAt === undefined ? 0 : Math.max(0, CLOCK.now() - oldestAt),
        events: auditing.read(),
        ...tally.read(),
      };
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
