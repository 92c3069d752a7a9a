import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { valueAt } from '../config/path.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { sendToJellyfin } from '../jellyfin/send.ts';
import { createTransport } from '../jellyfin/transport.ts';
import { type Finding, failed, messageOf } from './finding.ts';
import {
  checkBrandingCss,
  checkJellyfin,
  checkKey,
  checkKnownProxies,
  checkWebClient,
  type Look,
} from './jellyfin-checks.ts';

/**
 * Makes what asks Jellyfin without a key.
 *
 * @param timeoutMs Of each question.
 * @param guest Address of somebody it is asked for. @default nobody
 */
export function lookAt({ jellyfin: { url, caFile } }: Config, timeoutMs: number, guest?: string): Look {
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const transport = readAuthority(caFile, 'jellyfin').then((ca) => createTransport(url, ca));
  // Whoever looks is told.
  transport.catch(() => undefined);
  return async (path) =>
    sendToJellyfin(
      { ...(await transport), timeoutMs },
      { method: 'GET', path, identity: { deviceId, version: PROGRAM_VERSION }, forwardedFor: guest },
    );
}

/** Examines Jellyfin by its own address: the server, the key and known proxies first, then what people see of it. Never rejects. */
export async function examineJellyfin(
  config: Config,
  { areOurPartsThere, timeoutMs }: { readonly areOurPartsThere: boolean; readonly timeoutMs: number },
): Promise<Finding[]> {
  const { url, caFile, apiKey } = config.jellyfin;
  let ca: string | undefined;
  try {
    ca = await readAuthority(caFile, 'jellyfin');
  } catch (error) {
    return [failed('jellyfin', messageOf(error), 'Correct jellyfin.caFile, or the rights of the file.')];
  }
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const look = lookAt(config, timeoutMs);
  const api =
    apiKey === undefined
      ? undefined
      : createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION, timeoutMs });
  const { finding, version } = await checkJellyfin(look, url);
  return [
    finding,
    await checkKey(api, version),
    await checkKnownProxies(api, url),
    await checkWebClient(look, areOurPartsThere),
    ...(await examineButton(config, look)),
  ];
}

/** Whoever runs a reset wants the button to be seen, unless it is hidden on purpose. */
async function examineButton({ enabledMods, reset, remoteReset }: Config, look: Look): Promise<Finding[]> {
  const show = valueAt(enabledMods, ['forgot-password', 'show']);
  if ((reset === undefined && remoteReset === undefined) || show === 'hide') return [];
  const finding = await checkBrandingCss(look, enabledMods);
  return finding === undefined ? [] : [finding];
}
