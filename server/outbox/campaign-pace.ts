import type { Logger } from '../log/log.ts';
import { type Campaigns, laterQueue, readCampaignRate } from '../ports/campaigns.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChannelName } from '../ports/contacts.ts';
import type { Limits } from '../ports/limits.ts';
import type { Settings } from '../ports/settings.ts';

const HOUR_MS = 60 * 60_000;

const LOOK_EVERY_MS = 5_000;

/** How long is waited behind other messages, in milliseconds. */
const BEHIND_MS = 1_000;

/** What keeps a campaign's pace. */
export interface CampaignParts {
  readonly campaigns: Pick<Campaigns, 'look' | 'release'>;
  readonly settings: Pick<Settings, 'getOrCreate'>;
  /** How often is looked for a campaign, in milliseconds. @default 5,000 */
  readonly lookEveryMs?: number | undefined;
}

/** Lets messages of campaigns go, one at a time. */
export interface CampaignPace {
  /** Takes no further look; resolves when the one under way has ended. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts to let messages of campaigns go to the queues of their channels: on each channel one in an hour divided by the rate,
 * which all processes on one storage keep together, and none while something else waits for that channel.
 */
export function startCampaignPace({
  campaigns,
  settings,
  lookEveryMs = LOOK_EVERY_MS,
  limits,
  channels,
  wakeMessages,
  clock,
  log,
}: CampaignParts & {
  readonly limits: Pick<Limits, 'take'>;
  readonly channels: readonly Pick<Channel, 'name'>[];
  /** Called when a message may be sent. */
  readonly wakeMessages: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}): CampaignPace {
  let isClosed = false;
  let looking = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  /** Answers in how many ms it is worth a look again. */
  async function letOneGo(channel: ChannelName): Promise<number> {
    const now = clock.now();
    const { isWaiting, isBusy } = await campaigns.look(channel, now);
    if (!isWaiting) return lookEveryMs;
    if (isBusy) return BEHIND_MS;
    const windowMs = HOUR_MS / (await readCampaignRate(settings));
    const turn = await limits.take(`campaign:${channel}`, { points: 1, windowMs: Math.ceil(windowMs) }, now);
    if (!turn.isWithin) return turn.endsAt - now;
    if (await campaigns.release(channel, now)) wakeMessages();
    return windowMs;
  }

  async function look(): Promise<void> {
    let sleepMs = lookEveryMs;
    for (const { name } of channels) {
      if (isClosed) return;
      const ms = await letOneGo(name).catch((error: unknown) => {
        log.error({ event: 'outbox-unavailable', lane: laterQueue(name), err: error });
        return lookEveryMs;
      });
      sleepMs = Math.min(sleepMs, ms);
    }
    if (!isClosed) timer = setTimeout(lookAgain, Math.max(sleepMs, Math.min(lookEveryMs, 20)));
  }
  const lookAgain = (): void => {
    looking = look();
  };

  lookAgain();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
