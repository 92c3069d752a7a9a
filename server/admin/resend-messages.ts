import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeadLetter, OutboxStore } from '../ports/outbox-store.ts';

/** What resending needs of the world. */
export interface ResendMessagesParts {
  readonly outbox: Pick<OutboxStore, 'listDead' | 'resend' | 'dropDead'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/**
 * Shows what could not be sent and sends it again, as if it had just been asked for; a server that runs takes it up
 * within 5 s. Every method rejects with a StorageError when the storage fails.
 */
export interface ResendMessages {
  /**
   * Messages and requests that were given up, newest first.
   *
   * @param limit @default {@link MOST_SHOWN}
   */
  list(limit?: number): Promise<readonly DeadLetter[]>;
  /** @throws {UseCaseError} `message-unknown`; `message-is-request`: what was typed is forgotten. */
  resend(id: number): Promise<void>;
  /** Sends every message again that was given up, requests aside; answers how many. */
  resendAll(): Promise<number>;
  /**
   * Puts a message or a request away that was given up: it is listed no more.
   *
   * @throws {UseCaseError} `message-unknown`.
   */
  drop(id: number): Promise<void>;
}

/** Most rows shown; the newest. */
export const MOST_SHOWN = 1_000;

/** Most rows looked at for all of them; more than a reset service gives up in a year. */
const MOST_RESENT = 100_000;

/** Makes the use case. */
export function createResendMessages({ outbox, clock, log, by }: ResendMessagesParts): ResendMessages {
  async function tryResend(id: number): Promise<boolean> {
    const isResent = await outbox.resend(id, clock.now());
    if (isResent) log.info({ event: 'message-resent', id, by });
    return isResent;
  }

  return {
    list: (limit = MOST_SHOWN) => outbox.listDead(limit),
    async resend(id) {
      if (await tryResend(id)) return;
      const isRequest = (await outbox.listDead(MOST_RESENT)).some((letter) => letter.id === id);
      throw new UseCaseError(isRequest ? 'message-is-request' : 'message-unknown', id);
    },
    async resendAll() {
      let resent = 0;
      for (const { id, message } of await outbox.listDead(MOST_RESENT))
        if (message !== undefined && (await tryResend(id))) resent += 1;
      return resent;
    },
    async drop(id) {
      if (!(await outbox.dropDead(id, clock.now()))) throw new UseCaseError('message-unknown', id);
    },
  };
}
