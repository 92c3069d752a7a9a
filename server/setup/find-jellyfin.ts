import { randomBytes } from 'node:crypto';
import { PROGRAM_VERSION } from '../config/version.ts';
import { checkJellyfin } from '../doctor/jellyfin-checks.ts';
import { sendToJellyfin } from '../jellyfin/send.ts';
import { createTransport } from '../jellyfin/transport.ts';

/** What answers at an address. */
export type LookedAt =
  | { readonly kind: 'found'; readonly url: string; readonly version: string }
  | {
      readonly kind: 'not-usable';
      readonly url: string;
      /** One sentence. */
      readonly says: string;
      readonly fix: string;
    };

/**
 * Where Jellyfin mostly is, the likeliest first: on this machine, beside us as a container of that name, and on the machine that a
 * container runs on. Source: jellyfin NetworkConfiguration, DefaultHttpPort; Docker's name of the host.
 */
export const USUAL_ADDRESSES = [
  ...['http://127.0.0.1:8096', 'http://127.0.0.1:8096/jellyfin', 'http://[::1]:8096'],
  ...['http://jellyfin:8096', 'http://host.docker.internal:8096'],
] as const;

/** How long one that nobody named may take to answer, in milliseconds. */
const GUESS_MS = 1_500;

/** How long one that was named may take, in milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Asks an address whether it is a Jellyfin that Gatehouse can stand in front of. Changes nothing, never rejects.
 *
 * @param url As for `jellyfin.url`.
 * @param ca Content of `jellyfin.caFile`.
 */
export async function lookAtJellyfin(
  url: string,
  ca?: string,
  timeoutMs: number = ANSWER_MS,
): Promise<LookedAt> {
  const identity = { deviceId: `gatehouse-${randomBytes(8).toString('hex')}`, version: PROGRAM_VERSION };
  const transport = createTransport(url, ca);
  const look = (path: string) =>
    sendToJellyfin({ ...transport, timeoutMs }, { method: 'GET', path, identity });
  const { finding, version } = await checkJellyfin(look, url);
  if (finding.state === 'fine' && version !== undefined) return { kind: 'found', url, version };
  return { kind: 'not-usable', url, says: finding.says, fix: finding.fix ?? '' };
}

/** Looks at all of them at once and answers the first in their order that is a Jellyfin; undefined where none is. Never rejects. */
export async function findJellyfin(
  addresses: readonly string[] = USUAL_ADDRESSES,
): Promise<string | undefined> {
  const seen = await Promise.all(addresses.map((url) => lookAtJellyfin(url, undefined, GUESS_MS)));
  return seen.find(({ kind }) => kind === 'found')?.url;
}
