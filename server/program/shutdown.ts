import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log/log.ts';
import type { Listening } from './listener.ts';

/** What ends the program. */
export interface ShutdownParts {
  readonly gatehouse: Pick<Listening, 'drain' | 'close' | 'cut' | 'cutAnswers'>;
  /** Those in force when the signal comes. */
  readonly times: () => Config['shutdown'];
  /** From then on the configuration stays as it is. */
  readonly stopReloading: () => Promise<void>;
  readonly log: Logger;
}

/** How long a second signal leaves at most, in milliseconds. */
const AT_ONCE_MS = 900;

/**
 * Ends the program at SIGTERM and SIGINT, with exit code 0: readiness goes off, everybody is served for `drain`, then nobody
 * new is let in, and what is under way has `grace` to end. A second signal, of either kind, cuts everything; what must be
 * written down is written down.
 */
export function endOnSignals({ gatehouse, times, stopReloading, log }: ShutdownParts): void {
  let isEnding = false;
  let isCutting = false;

  async function end(signal: NodeJS.Signals): Promise<void> {
    const { drain, grace } = times();
    log.info(
      { event: 'ending', signal, drainMs: drain, graceMs: grace },
      'what is under way may still end; a second signal ends it at once',
    );
    gatehouse.drain();
    await Promise.all([stopReloading(), sleep(drain)]);
    if (isCutting) return;
    await gatehouse.close(grace);
    const { cutAnswers } = gatehouse;
    if (cutAnswers > 0) log.warn({ event: 'answers-cut', count: cutAnswers, graceMs: grace });
    process.exit(0);
  }

  function endAtOnce(signal: NodeJS.Signals): void {
    if (isCutting) return;
    isCutting = true;
    log.info({ event: 'ending-at-once', signal });
    setTimeout(() => process.exit(0), AT_ONCE_MS);
    void gatehouse.cut().finally(() => process.exit(0));
  }

  const onSignal = (signal: NodeJS.Signals): void => {
    if (isEnding) {
      endAtOnce(signal);
      return;
    }
    isEnding = true;
    end(signal).catch((err: unknown) => {
      log.error({ event: 'ending-failed', err });
      process.exit(1);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
