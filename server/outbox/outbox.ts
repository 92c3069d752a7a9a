import { randomUUID } from 'node:crypto';
import type { ChannelName } from '../ports/contacts.ts';
import type { Notices } from '../ports/notices.ts';
import { isRequest, type OutboxStore, REQUEST_QUEUE } from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { type Queue, type QueueParts, startQueue } from './queue.ts';
import { createResolveRequest, onChannels, type ResolveParts } from './resolve-request.ts';
import type { Verdict } from './results.ts';
import { createSendMessage, type SendParts } from './send-message.ts';

/** How long `close` waits for what is under way. */
export const CLOSE_GRACE_MS = 10_000;

/** The durable work behind a reset: requests become messages, messages go out. */
export interface Outbox extends Notices {
  /** Begins to work. Idempotent. */
  start(): void;
  /** Says that there is new work; without it, work is found within 5 s. */
  readonly wake: () => void;
  /**
   * Takes no more work and resolves when what is under way has ended, after 10 s at the latest. The channels are left
   * open. Idempotent.
   */
  close(): Promise<void>;
}

/** What the outbox is made of. */
export interface OutboxParts
  extends Omit<ResolveParts, 'wakeMessages' | 'links' | 'channels'>,
    Omit<SendParts, 'accounts' | 'links'> {
  readonly store: OutboxStore;
  readonly links: ResetLinks;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  /** Default 6 s; tests shorten it. */
  readonly leaseMs?: number;
  /** A stopwatch nobody sets; default `performance.now`. */
  readonly elapsedMs?: () => number;
}

/** Makes the outbox. Several, in one process or many, may work on one store; no message is sent by two. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log } = parts;
  let queues: { readonly asked: Queue; readonly messages: readonly Queue[] } | undefined;

  const wakeMessages = (): void => {
    for (const queue of queues?.messages ?? []) queue.wake();
  };
  const resolveAsked = createResolveRequest({ ...parts, wakeMessages });
  const sendMessage = createSendMessage(parts);
  const work: QueueParts['work'] = (row, holder, signal): Promise<Verdict> =>
    isRequest(row) ? resolveAsked(row, holder) : sendMessage(row, signal);

  return {
    start: () => {
      if (queues !== undefined) return;
      const shared = { owner: randomUUID(), store, work, clock, log, random: parts.random ?? Math.random };
      const { leaseMs, elapsedMs } = parts;
      const timing = {
        ...(leaseMs === undefined ? {} : { leaseMs }),
        ...(elapsedMs === undefined ? {} : { elapsedMs }),
      };
      queues = {
        asked: startQueue({ ...shared, ...timing, name: REQUEST_QUEUE }),
        messages: parts.channels.map(({ name, width }) => startQueue({ ...shared, ...timing, name, width })),
      };
    },
    wake: () => {
      queues?.asked.wake();
      wakeMessages();
    },
    passwordChanged: async (userId, userName, language) => {
      try {
        const now = clock.now();
        const told = onChannels(await parts.contacts.ofUser(userId), parts.channels);
        // Whoever had the address before shall know too: it may have been replaced by somebody else.
        const former = onChannels(await parts.contacts.formerOf(userId, now), parts.channels);
        // Where there is nobody to tell, the row that is dropped says so.
        const nobody = parts.channels.slice(0, 1).map(({ name: channel }) => ({ channel, id: undefined }));
        const current = told.length > 0 ? told : nobody;
        const notices = [
          ...current.map((one) => ({ ...toContactOf(one), kind: 'password-changed' as const })),
          ...former.map((one) => ({ ...toContactOf(one), kind: 'password-changed-former' as const })),
        ];
        for (const notice of notices)
          await store.addMessage({ ...notice, key: randomUUID(), userId, userName, language }, now);
        wakeMessages();
      } catch (error) {
        log.error({ event: 'notice-lost', userId, err: error });
      }
    },
    close: async () => {
      const open = queues;
      queues = undefined;
      if (open === undefined) return;
      await Promise.all([open.asked, ...open.messages].map((queue) => queue.close(CLOSE_GRACE_MS)));
    },
  };
}

function toContactOf({ channel, id }: { readonly channel: ChannelName; readonly id: string | undefined }) {
  return { queue: channel, contactId: id };
}
