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
  /** From when on messages of these accounts count, of those that an administrator had counted anew. */
  countedFrom(userIds: Iterable<string>, now: number): Promise<ReadonlyMap<string, number>>;
  /** How much of theirs an address has used. */
  ofAddress(address: string, now: number): Promise<AddressAllowances>;
  /** Counts messages to an account, and to these addresses, from 0 again. */
  countAnew(userId: string, addresses: readonly string[], now: number): Promise<void>;
}

/** How much of an allowance is used. */
export interface UsedAllowance {
  readonly used: number;
  readonly most: number;
  /** When it counts from 0 again, in ms since 1970; undefined when nothing is used. */
  readonly endsAt: number | undefined;
}

/** What an address may get. */
export interface AddressAllowances {
  readonly hour: UsedAllowance;
  readonly day: UsedAllowance;
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

  const anewKey = (userId: string): string => `messages-anew:${userId}`;

  async function allowanceOf(
    { key, points, windowMs }: { key: string; points: number; windowMs: number },
    now: number,
  ): Promise<UsedAllowance> {
    const { endsAt } = await limits.read(key, now);
    const used = await usedOf(key, windowMs, now);
    return { used, most: points, endsAt: used === 0 ? undefined : endsAt };
  }

  return {
    async countedFrom(userIds, now) {
      const from = new Map<string, number>();
      for (const userId of new Set(userIds)) {
        const { used, endsAt } = await limits.read(anewKey(userId), now, DAY_MS);
        if (used > 0) from.set(userId, endsAt - DAY_MS);
      }
      return from;
    },
    async ofAddress(to, now) {
      const [hour, day] = windowsOf(to).map((window) => allowanceOf(window, now));
      if (hour === undefined || day === undefined) throw new TypeError('an address has two windows');
      return { hour: await hour, day: await day };
    },
    async countAnew(userId, addresses, now) {
      await limits.clear(anewKey(userId));
      // As long as any of the windows that it is about; its end says when it was made.
      await limits.take(anewKey(userId), { points: 1, windowMs: DAY_MS }, now);
      for (const window of addresses.flatMap(windowsOf)) await limits.clear(window.key);
    },
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
