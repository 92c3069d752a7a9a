import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, listenerOf } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { reachKey } from '../health/reach.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { createKeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import { checkAdministrators } from './administrators-check.ts';
import { checkMods } from './anchors-check.ts';
import { CHECKS_OF_OTHER_HALF } from './checks.ts';
import { checkClock } from './clock-check.ts';
import { checkDataFolder, checkPinFile } from './data-folder-check.ts';
import { checkDisk } from './disk-check.ts';
import { checkDkim } from './dkim-check.ts';
import type { Finding } from './finding.ts';
import { examineJellyfin, lookAt } from './jellyfin-examination.ts';
import { checkMachine } from './machine-check.ts';
import { checkNewerVersion } from './newer-version-check.ts';
import { checkNginxFile } from './nginx-file-check.ts';
import { checkOpenRoutes } from './open-routes-check.ts';
import { checkPort } from './port-check.ts';
import { examinePublicAddress } from './public-address.ts';
import { checkChannels, checkContacts, checkStorage, sendTestMessage } from './reset-checks.ts';
import { checkResetService } from './reset-service-check.ts';
import { checkSenderDns } from './sender-dns-check.ts';
import { withinLimit } from './time-limit.ts';

/** How long Jellyfin may take for one answer, in milliseconds. */
const ANSWER_MS = 10_000;

/** Somebody far away whom nobody knows. Source: RFC 5737 section 3. */
const GUEST = '203.0.113.7';

/** What a whole examination works with. */
export interface DoctorParts {
  readonly config: Config;
  /** Whether the built browser parts are there. */
  readonly areOurPartsThere: boolean;
  /** Folder of the built pages and browser parts. @default mods are then asked for no part of theirs */
  readonly webFolder?: string | undefined;
  /** Has Jellyfin write a PIN file for that user, and looks whether it comes. @default nobody */
  readonly pinFileOf?: string | undefined;
  /** Sends a test message to that mail address. @default nobody */
  readonly mailTo?: string | undefined;
  /** Looks what that file of an nginx in front lacks. @default none */
  readonly nginxFile?: string | undefined;
  /** Whether to ask on the internet for a newer version. @default not */
  readonly isOnline?: boolean;
}

/**
 * Examines everything a working Gatehouse, or the half of it, needs, and tells it in the order in which it is mended. All is asked at
 * the same time, each for so long at most. Changes nothing but what `pinFileOf` asks for, sends nothing but to `mailTo`; never rejects.
 */
export async function examine(parts: DoctorParts): Promise<Finding[]> {
  const { config, areOurPartsThere, pinFileOf, mailTo, nginxFile } = parts;
  const { only, remoteReset, reset, jellyfin, guard } = config;
  const look = lookAt(config, ANSWER_MS);
  const behind = examineJellyfin(config, { areOurPartsThere, timeoutMs: ANSWER_MS });
  const isBelieved = async (): Promise<boolean> =>
    (await behind).some(({ name, state }) => name === 'known-proxies' && state === 'fine');
  const storage = checkStorage(reset, config.storage);
  const users = examineAccounts(config);
  // Both want the port, so one after the other.
  const port = withinLimit('port', () => examinePort(config));
  const outside = port.then(() =>
    withinLimit('public-url', () => examinePublicAddress(config, { look, isBelieved })),
  );
  const found = await Promise.all([
    port,
    behind.then((all) => all.slice(0, 3)),
    withinLimit('clock', async () => checkClock({ url: jellyfin.url, ca: await authorityOf(config) }, reset)),
    withinLimit('data-folder', () => examineDataFolder(jellyfin, pinFileOf)),
    remoteReset === undefined ? [] : withinLimit('reset-service', () => checkResetService(remoteReset)),
    withinLimit('channels', () => checkChannels(reset)),
    withinLimit('dkim', () => checkDkim(reset)),
    withinLimit('spf', () => checkSenderDns(reset)),
    mailTo === undefined ? [] : withinLimit('test-message', () => sendTestMessage(reset, mailTo)),
    withinLimit('storage', async () => (await storage).finding),
    reset === undefined ? [] : withinLimit('disk-space', () => checkDisk(config.storage)),
    outside,
    nginxFile === undefined ? [] : withinLimit('nginx-file', () => checkNginxFile(nginxFile, config)),
    withinLimit('contacts', async () => examineContacts(config, (await storage).contacts, await users)),
    behind.then((all) => all.slice(3)),
    only === 'reset'
      ? []
      : withinLimit('mod-anchors', () => checkMods(config, join(parts.webFolder ?? '', 'client'))),
    withinLimit('open-routes', () => checkOpenRoutes(guard, lookAt(config, ANSWER_MS, GUEST))),
    withinLimit('open-files', () => checkMachine()),
    parts.isOnline === true ? withinLimit('newer-version', () => checkNewerVersion()) : [],
  ]);
  return found.flat().filter(({ name }) => only === undefined || !CHECKS_OF_OTHER_HALF[only].includes(name));
}

function examinePort(config: Config): Promise<Finding> {
  const setting = config.resetListener === undefined ? 'listen' : 'service.listen';
  const listen = listenerOf(config);
  return checkPort({ ...listen, isEncrypted: listen.tls !== undefined, setting, key: reachKey(config) });
}

/** The accounts there are; undefined where Jellyfin cannot be asked, which other findings say. */
export async function examineAccounts({
  jellyfin: { url, caFile, apiKey },
}: Config): Promise<readonly UserDto[] | undefined> {
  if (apiKey === undefined) return undefined;
  try {
    const ca = await readAuthority(caFile, 'jellyfin');
    const connection = { url, ca, deviceId: `gatehouse-${randomBytes(8).toString('hex')}` };
    const api = createJellyfinApi({ ...connection, apiKey, version: PROGRAM_VERSION, timeoutMs: ANSWER_MS });
    return await api.users();
  } catch {
    return undefined;
  }
}

function examineContacts(
  { reset }: Config,
  contacts: Parameters<typeof checkContacts>[1],
  users: readonly UserDto[] | undefined,
): readonly (Finding | undefined)[] {
  return [
    checkContacts(reset, contacts, users && isThere(users)),
    checkAdministrators(reset, contacts, users),
  ];
}

/** What tells which accounts there are. */
function isThere(users: readonly UserDto[]): (id: string) => boolean {
  // A contact that was made without an API key, under an id of our own, is taken over by the account of its name.
  const ids = new Set(users.flatMap(({ Id, Name }) => [Id, ownUserId(Name)]));
  return (id) => ids.has(id);
}

async function examineDataFolder(
  jellyfin: Config['jellyfin'],
  pinFileOf: string | undefined,
): Promise<Finding[]> {
  const { url, dataFolder } = jellyfin;
  if (dataFolder === undefined && pinFileOf === undefined) return [];
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const ca = await authorityOf({ jellyfin });
  const api = createKeylessApi({ url, ca, deviceId, version: PROGRAM_VERSION, timeoutMs: ANSWER_MS });
  const fresh = pinFileOf === undefined ? [] : [await checkPinFile(pinFileOf, jellyfin, api)];
  return [...(await checkDataFolder(jellyfin, api)), ...fresh];
}

/** What is wrong with the file of authorities, the finding about Jellyfin says. */
async function authorityOf({ jellyfin: { caFile } }: Pick<Config, 'jellyfin'>): Promise<string | undefined> {
  return caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch(() => undefined);
}
