import { createHash } from 'node:crypto';
import type { Limits } from '../ports/limits.ts';
import type { MessageLimit, NewMessage } from '../ports/outbox-store.ts';

const HOUR_MS = 60 * 60_000;
/** How far the clocks of two machines may be apart. */
const CLOCK_SKEW_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Most messages to one account in an hour when nothing else is said. */
export const MESSAGES_PER_ACCOUNT_PER_HOUR = 3;

/** Most messages to one address in an hour when nothing else is said. */
export const MESSAGES_PER_ADDRESS_PER_HOUR = 5;

/** Most messages in an hour in all when nothing else is said: what a mail provider takes of somebody new. */
export const MESSAGES_PER_HOUR = 1_000;

/** Most messages in a day to one account or address; more where an hour may have more than half of it. Source: OWASP O10. */
export const MESSAGES_PER_DAY = 10;

const EVERYBODY = 'messages:everybody';

/** How many messages may go out that somebody asked for. */
export interface MessageAllowances {
  readonly messagesPerAccountPerHour?: number;
  readonly messagesPerAddressPerHour?: number;
  readonly messagesPerHour?: number;
}

/** A message, and where it will go. */
export interface Addressed {
  readonly message: NewMessage;
  readonly address: string;
}

/** Says which messages may be stored, and counts those that were. */
export interface MessageLimits {
  /** What `OutboxStore.resolve` is to keep to, for one account. */
  readonly perAccount: (now: number) => readonly MessageLimit[];
  /** Whether there were as many messages in all as there may be. */
  isUsedUp(now: number): Promise<boolean>;
  /** The first of these messages that their addresses may still get. */
  within(wanted: readonly Addressed[], now: number): Promise<readonly Addressed[]>;
  /** Counts messages that were stored. */
  count(stored: readonly Addressed[], now: number): Promise<void>;
}

/**
 * Makes the limits. Only stored messages are counted: a flood of requests for one account, of which three messages
 * come, uses up three of its address's and of everybody's allowance, not all of it. Asking and counting are two steps,
 * so whoever uses this does both for one request at a time; several processes may each go over by one.
 */
export function createMessageLimits(limits: Limits, allowances: MessageAllowances): MessageLimits {
  const account = allowances.messagesPerAccountPerHour ?? MESSAGES_PER_ACCOUNT_PER_HOUR;
  const address = allowances.messagesPerAddressPerHour ?? MESSAGES_PER_ADDRESS_PER_HOUR;
  const everybody = { points: allowances.messagesPerHour ?? MESSAGES_PER_HOUR, windowMs: HOUR_MS };
  const perDay = (perHour: number): number => Math.max(MESSAGES_PER_DAY, 2 * perHour);

  /** What is counted of an address; only its hash is kept. */
  function windowsOf(to: string) {
    const hash = createHash('sha256').update(to.toLowerCase()).digest('hex');
    return [
      { key: `address:${hash}`, points: address, windowMs: HOUR_MS },
      { key: `address-day:${hash}`, points: perDay(address), windowMs: DAY_MS },
    ];
  }

  /** How much of a window is used; one that ends too late was written before the clock was set back. */
  async function usedOf(key: string, windowMs: number, now: number): Promise<number> {
    const { used, endsAt } = await limits.read(key, now);
    return endsAt > now + windowMs + CLOCK_SKEW_MS ? 0 : used;
  }

  return {
    perAccount: (now) => [
      { perAccount: account, since: now - HOUR_MS, until: now + CLOCK_SKEW_MS },
      { perAccount: perDay(account), since: now - DAY_MS, until: now + CLOCK_SKEW_MS },
    ],
    isUsedUp: async (now) => (await usedOf(EVERYBODY, everybody.windowMs, now)) >= everybody.points,
    within: async (wanted, now) => {
      const left = new Map<string, number>();
      const kept: Addressed[] = [];
      for (const one of wanted) {
        const key = one.address.toLowerCase();
        let room = left.get(key);
        if (room === undefined) {
          const windows = windowsOf(key).map(async (window) => {
            return window.points - (await usedOf(window.key, window.windowMs, now));
          });
          room = Math.min(...(await Promise.all(windows)));
        }
        if (room > 0) kept.push(one);
        left.set(key, room - 1);
      }
      return kept;
    },
    count: async (stored, now) => {
      for (const { address: to } of stored) {
        await limits.take(EVERYBODY, everybody, now);
        for (const { key, ...window } of windowsOf(to)) await limits.take(key, window, now);
      }
    },
  };
}
