import type { Storage } from '../../../server/ports/storage.ts';
import { CLAIM_LEASE_MS } from '../../../server/reset/claim-link.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { until } from '../clock/until.ts';
import type { InboxMessage } from '../mail/smtp-inbox.ts';
import { OLD, type RedeemingStage, redeem, tokenOf } from './redeeming-stage.ts';

/** What one person saw of a reset in the middle of which the program was killed. */
export interface Attempt {
  readonly name: string;
  /** The one that was submitted, if it came to that. */
  readonly password: string;
  /** The form was answered as always. */
  readonly isAsked: boolean;
  /** Status of the redemption; undefined when there was none or no answer. */
  readonly status: number | undefined;
}

/** What the kills left behind, as names of people. */
export interface Aftermath {
  /** Told that their password is set. */
  readonly done: readonly string[];
  /** Their link is used, whether they were told or not. */
  readonly used: readonly string[];
  /** Their link is good; with the end of the lease, where the dead process held it. */
  readonly good: readonly string[];
  /** Answered, and no message came. */
  readonly lost: readonly string[];
  /** Two messages with a link that are not copies of one. */
  readonly double: readonly string[];
  /** More than one copy of a message: killed after the mail server took it, and before that was kept. */
  readonly copied: readonly string[];
  /** Their password is neither the old nor the submitted one. */
  readonly unknownPassword: readonly string[];
  /** Told that the password is set, or their link is used, and the submitted password is not in force. */
  readonly inVain: readonly string[];
  /** A link that is neither used nor good. */
  readonly stuck: readonly string[];
  /** A used link and no notice of it. */
  readonly untold: readonly string[];
}

/** What of it would be somebody's harm, when nobody came to any. */
export const NO_HARM = {
  lost: [],
  double: [],
  unknownPassword: [],
  inVain: [],
  stuck: [],
  untold: [],
} as const satisfies Partial<Aftermath>;

/** Messages with a link that somebody got. */
export function linksTo(stage: RedeemingStage, name: string): readonly InboxMessage[] {
  return messagesTo(stage, name).filter((message) => tokenOf(message) !== '');
}

function messagesTo({ inbox }: RedeemingStage, name: string): readonly InboxMessage[] {
  return inbox.messages.filter(({ to }) => to === `${name}@example.org`);
}

async function statesOf(storage: Storage, stage: RedeemingStage, name: string): Promise<string[]> {
  const later = Date.now() + CLAIM_LEASE_MS + 1_000;
  const tokens = linksTo(stage, name).map(tokenOf);
  const found = await Promise.all(tokens.map((token) => storage.links.look(hashToken(token), later)));
  return found.map(({ state }) => state);
}

/** Looks at everybody's messages, links and password. */
export async function lookAt(stage: RedeemingStage, attempts: readonly Attempt[]): Promise<Aftermath> {
  const storage = await openStorage(stage.storage);
  const people = await Promise.all(
    attempts.map(async (one) => {
      const messages = messagesTo(stage, one.name);
      const links = linksTo(stage, one.name);
      const states = await statesOf(storage, stage, one.name);
      return {
        ...one,
        links,
        inForce: stage.jellyfin.user(one.name).password,
        isUsed: states.includes('used'),
        isGood: states.includes('open'),
        notices: messages.length - links.length,
        ids: new Set(links.map(({ messageId }) => messageId)).size,
      };
    }),
  );
  await storage.close();
  const whose = (is: (one: (typeof people)[number]) => boolean): string[] =>
    people.filter(is).map(({ name }) => name);
  return {
    done: whose(({ status }) => status === 200),
    used: whose(({ isUsed }) => isUsed),
    good: whose(({ isGood, isUsed }) => isGood && !isUsed),
    lost: whose(({ isAsked, links }) => isAsked && links.length === 0),
    double: whose(({ ids }) => ids > 1),
    copied: whose(({ ids, links }) => links.length > ids),
    unknownPassword: whose(({ inForce, password }) => inForce !== OLD && inForce !== password),
    inVain: whose(
      ({ isUsed, status, inForce, password }) => (isUsed || status === 200) && inForce !== password,
    ),
    stuck: whose(({ links, isUsed, isGood }) => links.length > 0 && !isUsed && !isGood),
    untold: whose(({ isUsed, notices }) => isUsed && notices === 0),
  };
}

/** How many redeem at once. */
const CROWD = 40;
const AGAIN = 'another good phrase';

/** Everybody whose link is good redeems it, once the claim of the dead process is over; answers who could not. */
export async function redeemTheGood(
  stage: RedeemingStage,
  url: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const storage = await openStorage(stage.storage);
  async function tryAgain(name: string): Promise<string[]> {
    const token = linksTo(stage, name).map(tokenOf).at(-1) ?? '';
    await until(async () => (await storage.links.look(hashToken(token), Date.now())).state === 'open');
    const status = await redeem(url, token, AGAIN);
    return status === 200 && stage.jellyfin.user(name).password === AGAIN ? [] : [`${name}: ${status}`];
  }
  const failed: string[] = [];
  for (let first = 0; first < names.length; first += CROWD)
    failed.push(...(await Promise.all(names.slice(first, first + CROWD).map(tryAgain))).flat());
  await storage.close();
  return failed;
}
