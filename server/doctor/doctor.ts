import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { CHANNELS } from '../channels/registry.ts';
import { type Config, type Half, listenerOf, type RemoteReset } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { tryModFiles } from '../config/mod-files.ts';
import { valueAt } from '../config/path.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { reachKey } from '../health/reach.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { createKeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import { sendToJellyfin } from '../jellyfin/send.ts';
import { createTransport } from '../jellyfin/transport.ts';
import { createServiceConnection, type ServiceConnection } from '../split/connection.ts';
import { PATHS } from '../split/protocol.ts';
import { checkAdministrators } from './administrators-check.ts';
import { checkDataFolder, checkPinFile } from './data-folder-check.ts';
import { checkDkim } from './dkim-check.ts';
import { type Finding, failed, fine, messageOf } from './finding.ts';
import {
  checkBrandingCss,
  checkJellyfin,
  checkKey,
  checkKnownProxies,
  checkWebClient,
  type Look,
} from './jellyfin-checks.ts';
import { checkPort } from './port-check.ts';
import { checkPublicClient } from './public-client-check.ts';
import { checkReach } from './reach-check.ts';
import {
  checkChannels,
  checkContacts,
  checkPublicUrl,
  checkStorage,
  sendTestMessage,
} from './reset-checks.ts';

/** How long the reset service may take to answer, in milliseconds. */
const SERVICE_ANSWER_MS = 5_000;

/** Checks whether an injector reaches the reset service of another process, and is let in. */
export async function checkResetService({ url, caFile, secret }: RemoteReset): Promise<Finding> {
  const name = 'reset-service';
  let connection: ServiceConnection | undefined;
  try {
    connection = createServiceConnection({
      connections: 1,
      url,
      secret,
      ca: await readAuthority(caFile, 'service'),
    });
    const answer = await connection.send({
      method: 'POST',
      path: PATHS.report,
      timeoutMs: SERVICE_ANSWER_MS,
      isRepeatable: true,
    });
    answer.resume();
    const { protocol, hostname } = new URL(url);
    const isOpen = protocol === 'http:' && !isLoopbackHost(hostname);
    const caution = isOpen ? ' Nothing on that line is encrypted: keep it within a private network.' : '';
    return fine(name, `The reset service answers at ${url}.${caution}`);
  } catch (error) {
    const fix =
      'Start gatehouse serve --only reset there, and write its address and its secret to service.url and service.secret.';
    return failed(name, `The reset service at ${url}: ${messageOf(error)}.`, fix);
  } finally {
    connection?.close();
  }
}

/** How long Jellyfin may take for one answer, in milliseconds. */
const ANSWER_MS = 10_000;

/** What a whole examination works with. */
export interface DoctorParts {
  readonly config: Config;
  /** Whether the built browser parts are there. */
  readonly areOurPartsThere: boolean;
  /** Has Jellyfin write a PIN file for that user, and looks whether it comes. @default nobody */
  readonly pinFileOf?: string | undefined;
  /** Sends a test message to that mail address. @default nobody */
  readonly mailTo?: string | undefined;
}

/** Checks that are made where the other half runs. Jellyfin's known proxies are about the address of the injector. */
const CHECKS_OF_OTHER_HALF: Readonly<Record<Half, readonly string[]>> = {
  injector: [
    ...CHANNELS.map(({ section }) => section),
    'storage',
    'contacts',
    'data-folder',
    'pin-file',
    'test-message',
  ],
  reset: ['known-proxies', 'reach', 'public-client', 'branding-css', 'mod-files'],
};

/** Examines everything a working Gatehouse, or the half of it, needs, in the order in which it is mended. Changes nothing but what `pinFileOf` asks for, sends nothing but to `mailTo`; never rejects. */
export async function examine(parts: DoctorParts): Promise<Finding[]> {
  const { config, areOurPartsThere, pinFileOf, mailTo } = parts;
  const { only, remoteReset, reset } = config;
  const setting = config.resetListener === undefined ? 'listen' : 'service.listen';
  const listen = listenerOf(config);
  const port = await checkPort({
    ...listen,
    isEncrypted: listen.tls !== undefined,
    setting,
    key: reachKey(config),
  });
  const behind = await examineJellyfin(config, areOurPartsThere);
  const storage = await checkStorage(reset, config.storage);
  const users = await examineAccounts(config);
  const findings = [
    port,
    ...behind.slice(0, 3),
    ...(await examineDataFolder(config.jellyfin, pinFileOf)),
    ...(remoteReset === undefined ? [] : [await checkResetService(remoteReset)]),
    ...(await checkChannels(reset)),
    ...[await checkDkim(reset)].filter((finding) => finding !== undefined),
    ...(mailTo === undefined ? [] : [await sendTestMessage(reset, mailTo)]),
    storage.finding,
    ...(await examinePublicUrl(config, behind)),
    checkContacts(reset, storage.contacts, users && isThere(users)),
    ...[checkAdministrators(reset, storage.contacts, users)].filter((finding) => finding !== undefined),
    ...behind.slice(3),
    ...(only === 'reset' ? [] : await examineModFiles(config)),
  ];
  return findings.filter(({ name }) => only === undefined || !CHECKS_OF_OTHER_HALF[only].includes(name));
}

/** The accounts there are; undefined where Jellyfin cannot be asked, which other findings say. */
async function examineAccounts({
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

/** What tells which accounts there are. */
function isThere(users: readonly UserDto[]): (id: string) => boolean {
  // A contact that was made without an API key, under an id of our own, is taken over by the account of its name.
  const ids = new Set(users.flatMap(({ Id, Name }) => [Id, ownUserId(Name)]));
  return (id) => ids.has(id);
}

/** Mods go without what cannot be had, or are left out, and nobody who looks at the page knows why. */
async function examineModFiles(config: Config): Promise<Finding[]> {
  const { missing } = await tryModFiles(config);
  const fix = 'Correct the address, or copy the file beside config.yaml and name it there.';
  return missing.map((says) => failed('mod-files', `${says}.`, fix));
}

async function examinePublicUrl(config: Config, behind: readonly Finding[]): Promise<Finding[]> {
  const finding = await checkPublicUrl(config.publicUrl);
  // What is no https, or has no name, is to be mended before anybody is asked through it.
  const reach = finding.state === 'fine' ? await checkReach(config) : undefined;
  if (reach === undefined) return [finding];
  const areWeBelieved = behind.some(({ name, state }) => name === 'known-proxies' && state === 'fine');
  const clients = await checkPublicClient({ config, way: reach.way, areWeBelieved });
  return [finding, reach.finding, ...(clients === undefined ? [] : [clients])];
}

async function examineDataFolder(
  jellyfin: Config['jellyfin'],
  pinFileOf: string | undefined,
): Promise<Finding[]> {
  const { url, caFile, dataFolder } = jellyfin;
  if (dataFolder === undefined && pinFileOf === undefined) return [];
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  // What is wrong with the file of authorities, the finding about Jellyfin says.
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch(() => undefined);
  const api = createKeylessApi({ url, ca, deviceId, version: PROGRAM_VERSION, timeoutMs: ANSWER_MS });
  const fresh = pinFileOf === undefined ? [] : [await checkPinFile(pinFileOf, jellyfin, api)];
  return [...(await checkDataFolder(jellyfin, api)), ...fresh];
}

/** Whoever runs a reset wants the button to be seen, unless it is hidden on purpose. */
async function examineButton({ enabledMods, reset, remoteReset }: Config, look: Look): Promise<Finding[]> {
  const show = valueAt(enabledMods, ['forgot-password', 'show']);
  if ((reset === undefined && remoteReset === undefined) || show === 'hide') return [];
  const finding = await checkBrandingCss(look, enabledMods);
  return finding === undefined ? [] : [finding];
}

async function examineJellyfin(config: Config, areOurPartsThere: boolean): Promise<Finding[]> {
  const { url, caFile, apiKey } = config.jellyfin;
  let ca: string | undefined;
  try {
    ca = await readAuthority(caFile, 'jellyfin');
  } catch (error) {
    return [failed('jellyfin', messageOf(error), 'Correct jellyfin.caFile, or the rights of the file.')];
  }
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const transport = createTransport(url, ca);
  const look: Look = (path) =>
    sendToJellyfin(
      { ...transport, timeoutMs: ANSWER_MS },
      { method: 'GET', path, identity: { deviceId, version: PROGRAM_VERSION } },
    );
  const api =
    apiKey === undefined
      ? undefined
      : createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION, timeoutMs: ANSWER_MS });
  const { finding, version } = await checkJellyfin(look, url);
  return [
    finding,
    await checkKey(api, version),
    await checkKnownProxies(api, url),
    await checkWebClient(look, areOurPartsThere),
    ...(await examineButton(config, look)),
  ];
}
