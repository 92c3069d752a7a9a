import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { sendToJellyfin } from '../jellyfin/send.ts';
import { createTransport } from '../jellyfin/transport.ts';
import { PROGRAM_VERSION } from '../version.ts';
import { type Finding, failed, messageOf } from './finding.ts';
import { checkJellyfin, checkKey, checkKnownProxies, checkWebClient, type Look } from './jellyfin-checks.ts';
import { checkPort } from './port-check.ts';
import { checkContacts, checkMail, checkPublicUrl, checkStorage } from './reset-checks.ts';

/** How long Jellyfin may take for one answer, in milliseconds. */
const ANSWER_MS = 10_000;

/** What a whole examination works with. */
export interface DoctorParts {
  readonly config: Config;
  /** Whether the built browser parts are there. */
  readonly areOurPartsThere: boolean;
}

/** Examines everything a working Gatehouse needs, in the order in which it is mended. Changes nothing; never rejects. */
export async function examine({ config, areOurPartsThere }: DoctorParts): Promise<Finding[]> {
  const { listen, reset } = config;
  const port = await checkPort({ ...listen, isEncrypted: listen.tls !== undefined });
  const behind = await examineJellyfin(config, areOurPartsThere);
  const storage = await checkStorage(reset, config.storage);
  return [
    port,
    ...behind.slice(0, 3),
    await checkMail(reset),
    storage.finding,
    await checkPublicUrl(config.publicUrl),
    checkContacts(reset, storage.contacts),
    ...behind.slice(3),
  ];
}

async function examineJellyfin({ jellyfin }: Config, areOurPartsThere: boolean): Promise<Finding[]> {
  const { url, caFile, apiKey } = jellyfin;
  let ca: string | undefined;
  try {
    ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
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
  ];
}
