import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { DeadLetter, OutboxStore } from '../ports/outbox-store.ts';

/** What resending needs of the world. */
export interface ResendMessagesParts {
  readonly outbox: Pick<OutboxStore, 'listDead' | 'resend' | 'dropDead'>;
  readonly contacts: Pick<Contacts, 'ofUser' | 'set'>;
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
  /**
   * Sends it again. A contact that the other side refused is tried again, too: it is what an administrator mends before.
   *
   * @throws {UseCaseError} `message-unknown`; `message-is-request`: what was typed is forgotten.
   */
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
export function createResendMessages({
  outbox,
  contacts,
  clock,
  log,
  by,
}: ResendMessagesParts): ResendMessages {
  /** Before the message waits, so that no try comes in between and finds it refused still. */
  async function tryContactAgain({ queue, message }: DeadLetter): Promise<void> {
    if (message === undefined) return;
    for (const contact of await contacts.ofUser(message.userId))
      if (contact.channel === queue && contact.state === 'refused')
        await contacts.set(contact, undefined, { state: 'unverified' });
  }

  async function tryResend(id: number): Promise<boolean> {
    const isResent = await outbox.resend(id, clock.now());
    if (isResent) log.info({ event: 'message-resent', id, by });
    return isResent;
  }

  return {
    list: (limit = MOST_SHOWN) => outbox.listDead(limit),
    async resend(id) {
      const letter = (await outbox.listDead(MOST_RESENT)).find((dead) => dead.id === id);
      if (letter !== undefined) await tryContactAgain(letter);
      if (await tryResend(id)) return;
      const isRequest = letter !== undefined && letter.message === undefined;
      throw new UseCaseError(isRequest ? 'message-is-request' : 'message-unknown', id);
    },
    async resendAll() {
      let resent = 0;
      for (const letter of await outbox.listDead(MOST_RESENT)) {
        if (letter.message === undefined) continue;
        await tryContactAgain(letter);
        if (await tryResend(letter.id)) resent += 1;
      }
      return resent;
    },
    async drop(id) {
      if (!(await outbox.dropDead(id, clock.now()))) throw new UseCaseError('message-unknown', id);
    },
  };
}
