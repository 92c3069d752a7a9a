import type { Clock } from '../ports/clock.ts';
import type { Contact } from '../ports/contacts.ts';
import type { Limits } from '../ports/limits.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import {
  type AddressAllowances,
  createMessageLimits,
  type MessageAllowances,
  type UsedAllowance,
} from './message-limits.ts';
import { MOST_LIVE_SECRETS } from './write-message.ts';

/** How much a person has used of the messages they may be sent. */
export interface UsedMessages {
  readonly hour: UsedAllowance;
  readonly day: UsedAllowance;
  /** Links and PINs that are neither used nor expired. */
  readonly liveLinks: UsedAllowance;
  readonly contacts: readonly ({ readonly channel: string } & AddressAllowances)[];
}

/** Shows what messages to a person count towards, and counts them anew. Every method rejects with a StorageError. */
export interface PersonMessages {
  show(userId: string, contacts: readonly Pick<Contact, 'channel' | 'address'>[]): Promise<UsedMessages>;
  /** Counts messages from 0 again; live links stay as they are. */
  countAnew(userId: string, contacts: readonly Pick<Contact, 'address'>[]): Promise<void>;
}

/** Makes it over what the outbox counts. */
export function createPersonMessages(parts: {
  readonly limits: Limits;
  readonly store: Pick<OutboxStore, 'countAsked'>;
  readonly links: Pick<ResetLinks, 'countLive'>;
  readonly allowances: MessageAllowances;
  readonly clock: Clock;
}): PersonMessages {
  const { store, links, clock } = parts;
  const limits = createMessageLimits(parts.limits, parts.allowances);

  return {
    async show(userId, contacts) {
      const now = clock.now();
      const from = (await limits.countedFrom([userId], now)).get(userId) ?? 0;
      const used: UsedAllowance[] = [];
      for (const { perAccount: most, since, until } of limits.bounds([], now).perAccount) {
        const count = await store.countAsked(userId, { since: Math.max(since, from), until });
        used.push({ used: count, most, endsAt: undefined });
      }
      const [hour, day] = used;
      if (hour === undefined || day === undefined) throw new TypeError('an account has two windows');
      const live = await links.countLive(userId, now);
      const ofContacts = contacts.map(async ({ channel, address }) => ({
        channel,
        ...(await limits.ofAddress(address, now)),
      }));
      return {
        hour,
        day,
        liveLinks: { used: live, most: MOST_LIVE_SECRETS, endsAt: undefined },
        contacts: await Promise.all(ofContacts),
      };
    },
    countAnew: (userId, contacts) =>
      limits.countAnew(
        userId,
        contacts.map(({ address }) => address),
        clock.now(),
      ),
  };
}
