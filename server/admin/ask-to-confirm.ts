import { randomUUID } from 'node:crypto';
import { UseCaseError } from '../errors/use-case-error.ts';
import {
  CAMPAIGN_RATE_SETTING,
  type CampaignCounts,
  type Campaigns,
  isCampaignRate,
  MOST_CAMPAIGN_PER_HOUR,
  readCampaignRate,
} from '../ports/campaigns.ts';
import type { Contacts, KeptContact } from '../ports/contacts.ts';
import type { NewMessage } from '../ports/outbox-store.ts';
import type { Settings } from '../ports/settings.ts';
import { findReachable, listReachable, type NameProblem, type WritingParts } from './reachable-accounts.ts';

/** What a campaign needs of the world. */
export interface AskToConfirmParts extends WritingParts {
  readonly contacts: Pick<Contacts, 'list' | 'ofUsers'>;
  readonly campaigns: Campaigns;
  readonly settings: Settings;
}

/** Whom to ask, and how fast. */
export interface AskQuery {
  /** User names, letter case aside, or ids; undefined: everybody with an unverified contact. */
  readonly names?: readonly string[] | undefined;
  /** Messages in an hour and channel, also of those that wait already; undefined: as before, and 100 at first. */
  readonly perHour?: number | undefined;
}

/** A campaign that was begun, or added to. */
export interface BegunCampaign {
  /** Messages that were added. */
  readonly added: number;
  /** Contacts that have been asked already: the message waits, or its link still works. */
  readonly already: number;
  readonly perHour: number;
  readonly problems: readonly NameProblem[];
}

/** How far it is. */
export interface CampaignState extends CampaignCounts {
  readonly perHour: number;
}

/** Asks people whether the addresses are theirs that somebody else entered: "is this you?". */
export interface AskToConfirm {
  /**
   * Adds a message for each unverified contact; the running Gatehouse sends them at the rate. Again: nobody is asked twice.
   *
   * @throws {UseCaseError} `rate-refused`.
   * @throws {JellyfinUnreachableError | StorageError}
   */
  start(query: AskQuery): Promise<BegunCampaign>;
  /** @throws {StorageError} */
  state(): Promise<CampaignState>;
  /** Drops what waits; answers how many. Links that were sent stay good. @throws {StorageError} */
  stop(): Promise<number>;
}

/** Makes the use case. */
export function createAskToConfirm(parts: AskToConfirmParts): AskToConfirm {
  const { contacts, campaigns, settings, clock, log, by } = parts;

  const isMeant = ({ state, channel }: KeptContact): boolean =>
    state === 'unverified' && parts.channels.includes(channel);

  async function findAll(): Promise<{ contacts: KeptContact[]; problems: NameProblem[] }> {
    const { everybody, people } = await listReachable(parts);
    const ids = new Set(people.map(({ id }) => id));
    const known = new Set(everybody.list.map(({ id }) => id));
    // Without an API key Jellyfin does not tell of everybody: who is not known of is not left out.
    const isThere = (contact: KeptContact): boolean =>
      ids.has(contact.userId) || (!known.has(contact.userId) && everybody.has(contact) !== false);
    return { contacts: (await contacts.list()).filter((one) => isMeant(one) && isThere(one)), problems: [] };
  }

  async function findNamed(names: readonly string[]) {
    const { people, problems } = await findReachable(names, parts);
    const found: KeptContact[] = [];
    const without: NameProblem[] = [];
    const kept = await contacts.ofUsers(people.map(({ id }) => id));
    const meant = Map.groupBy(kept.filter(isMeant), ({ userId }) => userId);
    for (const { id, name } of people) {
      const own = meant.get(id) ?? [];
      found.push(...own);
      if (own.length === 0) without.push({ name, error: new UseCaseError('nothing-to-confirm', name) });
    }
    return { contacts: found, problems: [...problems, ...without] };
  }

  async function toMessages(wanted: readonly KeptContact[]): Promise<NewMessage[]> {
    const languageOf = await parts.languagesOf(wanted.map(({ userId }) => userId));
    return wanted.map(({ userId, userName, channel, id }) => {
      const about = { kind: 'contact-confirm', userId, userName, key: randomUUID() } as const;
      return { ...about, language: languageOf(userId), queue: channel, contactId: id };
    });
  }

  return {
    async start({ names, perHour }) {
      if (perHour !== undefined && !isCampaignRate(perHour))
        throw new UseCaseError('rate-refused', MOST_CAMPAIGN_PER_HOUR);
      const { contacts: wanted, problems } = names === undefined ? await findAll() : await findNamed(names);
      if (perHour !== undefined) await settings.set(CAMPAIGN_RATE_SETTING, String(perHour));
      const added = await campaigns.add(await toMessages(wanted), clock.now());
      const rate = await readCampaignRate(settings);
      if (added > 0) log.info({ event: 'campaign-started', messages: added, perHour: rate, by });
      return { added, already: wanted.length - added, perHour: rate, problems };
    },
    state: async () => ({
      ...(await campaigns.count(clock.now())),
      perHour: await readCampaignRate(settings),
    }),
    async stop() {
      const messages = await campaigns.stop(clock.now());
      if (messages > 0) log.info({ event: 'campaign-stopped', messages, by });
      return messages;
    },
  };
}
