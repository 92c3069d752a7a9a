import type { ChannelName } from './contacts.ts';
import type { NewMessage, QueueName } from './outbox-store.ts';
import type { Settings } from './settings.ts';

/** What begins the name of a queue in which messages of a campaign wait for their turn; no channel's name has a colon. */
export const LATER_PREFIX = 'later:';

/** The queue in which messages of a campaign wait until they may go to the queue of their channel. */
export function laterQueue(channel: ChannelName): QueueName {
  return `${LATER_PREFIX}${channel}`;
}

/** Messages of a campaign in an hour and channel when nothing else is said: what small mail servers send without being taken for spam. */
export const CAMPAIGN_PER_HOUR = 100;

/** Most of them that can be asked for: one a second. */
export const MOST_CAMPAIGN_PER_HOUR = 3_600;

/** Under what the settings keep how many go out in an hour; see {@link readCampaignRate}. */
export const CAMPAIGN_RATE_SETTING = 'campaign-per-hour';

/** Whether so many may be asked for in an hour. */
export function isCampaignRate(perHour: number): boolean {
  return Number.isInteger(perHour) && perHour >= 1 && perHour <= MOST_CAMPAIGN_PER_HOUR;
}

/** How many go out in an hour; of what a later version may have written, the default. @throws {StorageError} */
export async function readCampaignRate(settings: Pick<Settings, 'getOrCreate'>): Promise<number> {
  const rate = Number(await settings.getOrCreate(CAMPAIGN_RATE_SETTING, () => String(CAMPAIGN_PER_HOUR)));
  return isCampaignRate(rate) ? rate : CAMPAIGN_PER_HOUR;
}

/** How many messages of a campaign may be under way on a channel; the others wait, so that none grows old behind a server that is away. */
export const MOST_CAMPAIGN_UNDER_WAY = 10;

/** What is seen of a channel before the next message of a campaign gets its turn. */
export interface CampaignLook {
  /** Whether a message waits for its turn. */
  readonly isWaiting: boolean;
  /** Whether other messages come first, or as many of the campaign are under way as may be. */
  readonly isBusy: boolean;
}

/** How far the campaign "is this you?" is, of the last 30 days. */
export interface CampaignCounts {
  /** Not sent yet. */
  readonly waiting: number;
  readonly sent: number;
  /** Sent, and the link still works. */
  readonly open: number;
  /** Sent, and before an answer the contact was proved in another way, changed or removed: nobody can answer any more. */
  readonly settled: number;
  /** The person pressed "yes". */
  readonly confirmed: number;
  /** The person pressed "this is not me". */
  readonly disowned: number;
  /** Nobody pressed anything in seven days. */
  readonly expired: number;
  /** Could not be sent. */
  readonly failed: number;
  /** Not sent after all: stopped, or the contact changed meanwhile. */
  readonly dropped: number;
}

/**
 * Messages nobody asked for, sent a few at a time and behind all others. They are rows of the outbox, in a queue of their own
 * (`laterQueue`) until it is their turn; from then on they are as any other. All times in ms since 1970; every method rejects with
 * a StorageError.
 */
export interface Campaigns {
  /**
   * Adds messages of the kind `contact-confirm`, each in one step. One is left out whose contact has a message that waits, or
   * a link that still works; so a campaign that was broken off, or begun twice, asks nobody twice.
   *
   * @returns how many were added.
   */
  add(messages: readonly NewMessage[], now: number): Promise<number>;
  look(channel: ChannelName, now: number): Promise<CampaignLook>;
  /**
   * Takes the message that waits longest to the queue of its channel, due now; it waits since now. The same row, so it is in one
   * queue at a time whoever dies. False when none waits.
   */
  release(channel: ChannelName, now: number): Promise<boolean>;
  /** Drops what waits and nobody is sending at this moment; answers how many. */
  stop(now: number): Promise<number>;
  /** Counts them. Reads whole tables: nothing to ask often. */
  count(now: number): Promise<CampaignCounts>;
}
