import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, type Logger } from '../log/log.ts';
import { beginConversation, type Conversation } from '../setup/conversation.ts';
import { environmentOfProcess, readConfiguration } from './configuration.ts';
import { type CodeReason, createSetupDoor, type SetupDoor } from './setup-door.ts';
import { findWebFolder } from './web-folder.ts';

/** Asks in the browser what `gatehouse init` asks on a terminal. One conversation at a time, of one browser. */
export interface SetupAsker {
  readonly door: SetupDoor;
  /** Undefined where none has begun, or the last one is long over. */
  readonly conversation: Conversation | undefined;
  /** Begins one where there is none, and no configuration is in force. @param seenAt As `SetUpParts.seenAt`. */
  begin(seenAt: string | undefined): void;
  /** Makes undone what the last one began, and begins another; not where a configuration is in force. */
  beginAgain(): Promise<void>;
  /** A configuration is in force: a conversation that did not write it is over. */
  end(): Promise<void>;
  /** The program ends. */
  close(): Promise<void>;
}

/** How long it is waited until what was written is in force, in milliseconds. */
const IN_FORCE_MS = 10_000;

/** How long a browser can come back to what came of it, in milliseconds. */
export const RESULT_MS = 30 * 60_000;

const WHY: Readonly<Record<CodeReason, string>> = {
  start: 'to set Gatehouse up in a browser at home, open the address and type the code',
  used: 'a browser was let in to set Gatehouse up; with this code another one takes over',
  guessed: 'wrong codes were typed, so there is another one; it is looked at in a minute',
};

/**
 * Makes it, and logs its code with the address to open.
 *
 * @param file As `SetUpParts.file`.
 * @param address Of the page, on this machine.
 */
export function createSetupAsker(file: string, address: string, log: Logger): SetupAsker {
  let conversation: Conversation | undefined;
  let isWritten = false;
  let seenAt: string | undefined;
  let isOver = false;
  const inForce = Promise.withResolvers<void>();
  // Whatever the level, short of errors alone: without the code nobody gets in.
  const door = createSetupDoor((told) => {
    if (told.kind === 'code') {
      const { code, reason } = told;
      log.warn({ event: 'setup-code', code, reason, open: address }, WHY[reason]);
      return;
    }
    const { kind, clientAddress } = told;
    if (kind === 'let-in') log.warn({ event: 'setup-let-in', clientAddress });
    else log.warn({ event: 'setup-wrong-code', clientAddress });
  });

  function begin(): void {
    conversation = beginConversation(async (questions, ending) => {
      const { setUp } = await import('../setup/set-up.ts');
      return await setUp({
        ...{ questions, ending, file, said: {}, seenAt, by: 'setup', isRunning: true },
        environment: environmentOfProcess(),
        read: (path, more) => readConfiguration(path, undefined, more),
        webFolder: findWebFolder(),
        log: createLogger('warn'),
        async onWritten() {
          isWritten = true;
          // Only then does the doctor find us where it looks for us.
          await Promise.race([inForce.promise, sleep(IN_FORCE_MS, undefined, { ref: false })]);
        },
      });
    });
  }

  return {
    door,
    get conversation() {
      return conversation;
    },
    begin(place) {
      seenAt = place;
      if (conversation === undefined && !isOver) begin();
    },
    async beginAgain() {
      const last = conversation;
      if (isWritten || isOver) return;
      await last?.end();
      // A second click finds that another one has begun.
      if (conversation === last && !isOver) begin();
    },
    async end() {
      isOver = true;
      inForce.resolve();
      setTimeout(() => {
        conversation = undefined;
      }, RESULT_MS).unref();
      if (!isWritten) await conversation?.end('The configuration came from elsewhere; nothing was written.');
    },
    async close() {
      if (!isWritten) await conversation?.end();
    },
  };
}
