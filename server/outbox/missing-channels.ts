import type { Logger } from '../log/log.ts';
import { LATER_PREFIX } from '../ports/campaigns.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import { type OutboxStore, REQUEST_QUEUE } from '../ports/outbox-store.ts';

/** What giving up needs. */
export interface MissingChannelsParts {
  readonly store: OutboxStore;
  /** Those that are set up. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Gives up what waits for a channel that is not set up any more, which would wait for ever, with one `channel-missing`
 * that names the channel and the fix. What another process holds, which has the channel, is left alone. Never rejects.
 */
export async function giveUpMissingChannels({
  store,
  channels,
  clock,
  log,
}: MissingChannelsParts): Promise<void> {
  const known: readonly string[] = [REQUEST_QUEUE, ...channels.map(({ name }) => name)];
  try {
    for (const channel of (await store.waitingQueues()).filter((queue) => !known.includes(queue))) {
      // What nobody waits for may go on waiting: `gatehouse contacts verify --stop` ends it.
      if (channel.startsWith(LATER_PREFIX)) continue;
      const messages = await store.giveUp(channel, `the channel ${channel} is not set up`, clock.now());
      const fix = `Set ${channel} up in the configuration again, then run: gatehouse messages resend --all`;
      if (messages > 0) log.error({ event: 'channel-missing', channel, messages, fix });
    }
  } catch (err) {
    log.error({ event: 'outbox-unavailable', err });
  }
}
