import { randomUUID } from 'node:crypto';
import type { Notices } from '../ports/notices.ts';
import { isRequest, type OutboxStore, REQUEST_QUEUE } from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { type CampaignPace, type CampaignParts, startCampaignPace } from './campaign-pace.ts';
import { hastenWhatWorks } from './hasten.ts';
import { giveUpMissingChannels } from './missing-channels.ts';
import { createNotices } from './notices.ts';
import { type Queue, type QueueParts, startQueue } from './queue.ts';
import { createResolveRequest, type ResolveParts } from './resolve-request.ts';
import { createSendMessage, type SendParts } from './send-message.ts';

/** How long `close` waits for what is under way. */
export const CLOSE_GRACE_MS = 10_000;

/** The durable work behind a reset: requests become messages, messages go out. */
export interface Outbox extends Notices {
  /**
   * Begins to work, and gives up what waits for a channel that is not set up any more: `gatehouse messages` lists it, and
   * sends it again once the channel is back. What waits for a channel that was away goes out at once where it works now, as
   * after its token was mended. Idempotent.
   */
  start(): void;
  /** Says that there is new work; without it, work is found within 5 s. */
  readonly wake: () => void;
  /**
   * Takes no more work and resolves when what is under way has ended, after `graceMs` at the latest; notices are still
   * stored. The channels are left open. Idempotent; again, with less, while it waits: then that counts.
   *
   * @param graceMs Default {@link CLOSE_GRACE_MS}.
   */
  close(graceMs?: number): Promise<void>;
}

/** What the outbox is made of. */
export interface OutboxParts
  extends Omit<ResolveParts, 'wakeMessages' | 'links' | 'channels'>,
    Omit<SendParts, 'accounts' | 'links'> {
  readonly store: OutboxStore;
  readonly links: ResetLinks;
  /** Messages nobody asked for, which wait behind all others. @default none are sent */
  readonly campaign?: CampaignParts | undefined;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  /** Default 6 s; tests shorten it. */
  readonly leaseMs?: number;
  /** @default {@link CLOSE_GRACE_MS} */
  readonly closeGraceMs?: number;
  /** A stopwatch nobody sets; default `performance.now`. */
  readonly elapsedMs?: () => number;
}

/** Makes the outbox. Several, in one process or many, may work on one store; no message is sent by two. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log } = parts;
  let looking: Promise<unknown> = Promise.resolve();
  let queues: { readonly asked: Queue; readonly messages: readonly Queue[] } | undefined;
  let closing: readonly Queue[] = [];
  let end = (): void => undefined;
  let pace: CampaignPace | undefined;

  const wakeMessages = (): void => {
    for (const queue of queues?.messages ?? []) queue.wake();
  };
  const resolveRequest = createResolveRequest({ ...parts, wakeMessages });
  const sendMessage = createSendMessage(parts);
  const work: QueueParts['work'] = (row, holder, signal) =>
    isRequest(row) ? resolveRequest(row, holder) : sendMessage.send(row, signal);

  return {
    start: () => {
      if (queues !== undefined) return;
      const ending = new AbortController();
      end = () => ending.abort();
      looking = Promise.all([
        giveUpMissingChannels(parts),
        hastenWhatWorks({ ...parts, wake: wakeMessages, signal: ending.signal }),
      ]);
      const { leaseMs, elapsedMs, random = Math.random } = parts;
      const shared = { owner: randomUUID(), store, work, clock, log, random, leaseMs, elapsedMs };
      const passing = { passOn: sendMessage.passOn, onMoved: wakeMessages };
      queues = {
        asked: startQueue({ ...shared, name: REQUEST_QUEUE }),
        messages: parts.channels.map(({ name, width }) => startQueue({ ...shared, ...passing, name, width })),
      };
      const { campaign, limits, channels } = parts;
      if (campaign !== undefined)
        pace = startCampaignPace({ ...campaign, limits, channels, wakeMessages, clock, log });
    },
    wake: () => {
      queues?.asked.wake();
      wakeMessages();
    },
    passwordChanged: createNotices({ ...parts, wakeMessages }).passwordChanged,
    close: async (graceMs = parts.closeGraceMs ?? CLOSE_GRACE_MS) => {
      if (queues !== undefined) closing = [queues.asked, ...queues.messages];
      queues = undefined;
      end();
      await Promise.all([pace?.close(), looking, ...closing.map((queue) => queue.close(graceMs))]);
    },
  };
}
