import { createHash } from 'node:crypto';
import type { Limits } from '../ports/limits.ts';
import type { MessageBounds, NewMessage } from '../ports/outbox-store.ts';

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

/** Says what messages are held to, and which of them have room at this moment. */
export interface MessageLimits {
  /** What `OutboxStore.resolve` is to keep these messages to; that counts, and is exact over all processes. */
  bounds(wanted: readonly Addressed[], now: number): MessageBounds;
  /** Whether there were as many messages in all as there may be. */
  isUsedUp(now: number): Promise<boolean>;
  /** The first of these messages that their addresses may still get. */
  within(wanted: readonly Addressed[], now: number): Promise<readonly Addressed[]>;
}

/**
 * Makes the limits. Only stored messages are counted, in the step that stores them: a flood of requests for one account, of
 * which three messages come, uses up three of its address's and of everybody's allowance, not all of it.
 */
export function createMessageLimits(limits: Limits, allowances: MessageAllowances): MessageLimits {
  const account = allowances.messagesPerAccountPerHour ?? MESSAGES_PER_ACCOUNT_PER_HOUR;
  const address = allowances.messagesPerAddressPerHour ?? MESSAGES_PER_ADDRESS_PER_HOUR;
  const everybody = {
    key: EVERYBODY,
    points: allowances.messagesPerHour ?? MESSAGES_PER_HOUR,
    windowMs: HOUR_MS,
  };
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
    bounds: (wanted, now) => {
      const addresses = new Map(wanted.map(({ message, address: to }) => [message.key, to]));
      return {
        perAccount: [
          { perAccount: account, since: now - HOUR_MS, until: now + CLOCK_SKEW_MS },
          { perAccount: perDay(account), since: now - DAY_MS, until: now + CLOCK_SKEW_MS },
        ],
        ceiling: everybody,
        countsOf: ({ key }) => {
          const to = addresses.get(key);
          return to === undefined ? [] : windowsOf(to);
        },
      };
    },
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
  };
}
