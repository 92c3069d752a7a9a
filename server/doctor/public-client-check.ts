import { randomBytes } from 'node:crypto';
import { isLoopbackAddress } from '../../injector/addresses/networks.ts';
import type { ArrivalWay } from '../../injector/answers/status-port.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { askReach, MAX_REACH_ANSWER, reachKey } from '../health/reach.ts';
import { createJellyfinApi, type JellyfinApi } from '../jellyfin/api.ts';
import { explainMissing, findOwnAddress } from '../jellyfin/known-proxies.ts';
import { type Finding, failed, fine, messageOf, skipped } from './finding.ts';
import { readStart } from './read-start.ts';

const NAME = 'public-client';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;

/** Addresses nobody has, far away and at home. Source: RFC 5737 section 3, RFC 1122 section 3.2.1.3. */
const FAR = '203.0.113.7';
const HOME = '127.0.0.1';

/** What is known before. */
export interface PublicClientParts {
  readonly config: Pick<Config, 'publicUrl' | 'jellyfin' | 'metrics' | 'remoteReset' | 'resetListener'>;
  /** How a question through `public.url` came to this Gatehouse; undefined when it did not. */
  readonly way: ArrivalWay | undefined;
  /** Whether Jellyfin believes this machine who a client is, as the finding `known-proxies` says. */
  readonly areWeBelieved: boolean;
}

/**
 * Asks Jellyfin through `public.url` whom it sees, by whichever way the proxy in front leads there: through Gatehouse, or straight,
 * where its own word must be believed. The key goes the way that everybody's tokens go, so `public.url` must be known to lead here.
 * Undefined without a `public.url`, and where no proxy is in front. Never rejects.
 *
 * Source: SystemController.GetEndpointInfo and ForwardedHeaders, 10.8 to 12.0.
 */
export async function checkPublicClient({
  config,
  way,
  areWeBelieved,
}: PublicClientParts): Promise<Finding | undefined> {
  const { publicUrl } = config;
  const { url, caFile, apiKey } = config.jellyfin;
  if (publicUrl === undefined || way?.proxy === 'none-seen') return undefined;
  if (apiKey === undefined)
    return skipped(NAME, 'Whom Jellyfin sees behind public.url can only be asked with a jellyfin.apiKey.');
  if (way === undefined || way.proxy !== 'trusted')
    return skipped(NAME, 'A proxy in front that tells this Gatehouse who asks must lead here first.');
  if (!areWeBelieved) return skipped(NAME, 'Jellyfin must believe Gatehouse first who a client is.');
  try {
    const as = { apiKey, deviceId: `gatehouse-${randomBytes(8).toString('hex')}`, version: PROGRAM_VERSION };
    const direct = createJellyfinApi({
      ...as,
      url,
      ca: await readAuthority(caFile, 'jellyfin'),
      timeoutMs: ANSWER_MS,
    });
    const through = createJellyfinApi({ ...as, url: publicUrl, timeoutMs: ANSWER_MS });
    const road = await findRoad(publicUrl, reachKey(config));
    if (road === 'away')
      return skipped(NAME, 'Whom Jellyfin sees behind public.url can only be asked while Gatehouse runs.');
    if (road === 'unknown')
      return skipped(
        NAME,
        `Which way ${publicUrl} leads to Jellyfin cannot be told: a proxy answers in between.`,
      );
    const isRight = await seesSame(direct, through, way.client);
    if (isRight === undefined)
      return skipped(NAME, 'Jellyfin lets nobody in from outside (Dashboard, Networking).');
    if (road === 'gatehouse') return explainThrough(publicUrl, way, isRight);
    const own = isLoopbackAddress(way.peer) ? await findOwnAddress(url) : undefined;
    const proxy = own ?? way.peer;
    const isBelieved = own !== undefined || (await believes(direct, proxy, url));
    return explainStraight(publicUrl, way, { proxy, isBelieved, isRight });
  } catch (error) {
    return skipped(NAME, `Jellyfin could not be asked through ${publicUrl}: ${messageOf(error)}`);
  }
}

/**
 * Which way a call takes that Gatehouse has nothing to do with. It carries the question that a Gatehouse of this configuration
 * answers wherever it meets it, and no token, so Jellyfin refuses it; neither has anything to log.
 */
async function findRoad(
  publicUrl: string,
  key: Buffer | undefined,
): Promise<'gatehouse' | 'straight' | 'away' | 'unknown'> {
  if (key === undefined) return 'unknown';
  const question = askReach(key);
  try {
    const answer = await fetch(`${publicUrl}/System/Endpoint`, {
      headers: question.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { status, headers } = answer;
    if (question.read(await readStart(answer, MAX_REACH_ANSWER)) !== undefined) return 'gatehouse';
    // A proxy that wants a password of its own says which kind.
    if (status === 401 && !headers.has('www-authenticate')) return 'straight';
    return status >= 502 && status <= 504 ? 'away' : 'unknown';
  } catch {
    return 'away';
  }
}

/** Whether Jellyfin takes us for the same person through the public address as when we say who we are; undefined when it bars that one. */
async function seesSame(
  direct: JellyfinApi,
  through: JellyfinApi,
  client: string,
): Promise<boolean | undefined> {
  const isHome = await direct.isClientInNetwork(client);
  return isHome === 'barred' ? undefined : (await through.isInNetwork()) === isHome;
}

/**
 * Whether Jellyfin believes a proxy at that address: of several who hand a request on, it goes back to the first that it does not
 * know. Before 10.10.7 one without known proxies believes whoever comes, and no list.
 */
async function believes(direct: JellyfinApi, proxy: string, jellyfinUrl: string): Promise<boolean> {
  const goesBehind = async (address: string): Promise<boolean> => {
    const isHome = await direct.isClientInNetwork(address);
    return (await direct.isClientInNetwork(`${isHome === true ? FAR : HOME}, ${address}`)) !== isHome;
  };
  if (await goesBehind(proxy)) return true;
  const own = await findOwnAddress(jellyfinUrl);
  return own !== undefined && !(await goesBehind(own));
}

function explainThrough(publicUrl: string, { client }: ArrivalWay, isRight: boolean): Finding {
  if (isRight)
    return fine(
      NAME,
      `${publicUrl} leads to Jellyfin through Gatehouse, and Jellyfin sees who asks (${client}).`,
    );
  const says = `${publicUrl} leads to Jellyfin through a Gatehouse that Jellyfin does not believe who asks: it does not see ${client}.`;
  return failed(NAME, says, `${explainMissing(undefined)} It is not the address of this machine.`);
}

function explainStraight(
  publicUrl: string,
  { client }: ArrivalWay,
  { proxy, isBelieved, isRight }: { proxy: string; isBelieved: boolean; isRight: boolean },
): Finding {
  const straight = `${publicUrl} leads films and calls straight to Jellyfin`;
  if (!isBelieved) {
    const says = `${straight}, which does not believe the proxy at ${proxy} who asks: it takes every guest there for that proxy, mostly a person at home.`;
    return failed(NAME, says, explainMissing(proxy));
  }
  if (isRight)
    return fine(
      NAME,
      `${straight}, which believes the proxy at ${proxy} who asks, and sees each (${client}).`,
    );
  const fix = `Let the proxy send X-Forwarded-For to Jellyfin as it does to Gatehouse; gatehouse nginx --mode split writes it. If it does, Jellyfin sees it under another address than ${proxy}: write that one into Known proxies, and restart Jellyfin.`;
  return failed(
    NAME,
    `${straight}, which does not see there who asks: it takes ${client} for somebody else.`,
    fix,
  );
}
