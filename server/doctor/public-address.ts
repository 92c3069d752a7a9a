import type { Config } from '../config/config.ts';
import { checkCertificate } from './certificate-check.ts';
import type { Finding } from './finding.ts';
import type { Look } from './jellyfin-checks.ts';
import { checkPublicClient } from './public-client-check.ts';
import { checkPublicJellyfin } from './public-jellyfin-check.ts';
import { checkReach } from './reach-check.ts';
import { checkPublicUrl } from './reset-checks.ts';
import { type Outcome, withinLimit } from './time-limit.ts';
import { checkUpload } from './upload-check.ts';
import { checkWebSocket } from './websocket-check.ts';

/**
 * Examines the address people use, from outside in: its name, its certificate, whether it leads to this Gatehouse, and what the
 * proxy in front lets through. What is behind is asked only where it was found. Never rejects.
 *
 * @param parts.isBelieved Whether Jellyfin believes this machine who a client is.
 */
export async function examinePublicAddress(
  config: Config,
  parts: { readonly look: Look; readonly isBelieved: () => Promise<boolean> },
): Promise<Finding[]> {
  const { publicUrl } = config;
  const finding = await checkPublicUrl(publicUrl);
  // What is no https, or has no name, is to be mended before anybody is asked through it.
  if (finding.state !== 'fine' || publicUrl === undefined) return [finding];
  const certificate = withinLimit('certificate', () => checkCertificate(publicUrl));
  const reach = await checkReach(config);
  const areWeBelieved = await parts.isBelieved();
  const clients = withinLimit('public-client', () =>
    checkPublicClient({ config, way: reach?.way, areWeBelieved }),
  );
  // Another server must not be asked what is for ours; and where doctor itself answered, there is nobody behind it.
  const isServed = reach?.way !== undefined && !reach.isByDoctor;
  const behind = async (name: string, check: () => Promise<Outcome>): Promise<Finding[]> =>
    isServed ? withinLimit(name, check) : [];
  const found = await Promise.all([
    certificate,
    reach === undefined ? [] : [reach.finding],
    behind('public-jellyfin', () => checkPublicJellyfin(publicUrl, parts.look)),
    clients,
    behind('websocket', () => checkWebSocket(publicUrl)),
    behind('upload-size', () => checkUpload(publicUrl)),
  ]);
  return [finding, ...found.flat()];
}
