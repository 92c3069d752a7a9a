import type { JellyfinApi } from './api.ts';

/** An address nobody has. Source: RFC 5737 section 3, TEST-NET-3. */
const NOBODYS_ADDRESS = '203.0.113.7';

/**
 * Asks Jellyfin whom it sees behind us: we claim to speak for a client far away, and Jellyfin says whether that client
 * is on its home network. `only-us` means that it does not believe us, so that everybody is.
 *
 * @throws {JellyfinUnreachableError} when Jellyfin cannot be asked, `JellyfinRefusedKeyError` when it refuses the key.
 * Source: SystemController.GetEndpointInfo, 10.8 to 12.0.
 */
export async function askClientSight(
  api: Pick<JellyfinApi, 'isInNetwork' | 'isClientInNetwork'>,
): Promise<'each-client' | 'only-us'> {
  const isInside = await api.isClientInNetwork(NOBODYS_ADDRESS);
  if (isInside !== 'barred') return isInside ? 'only-us' : 'each-client';
  // Barred for being remote, or because Jellyfin starts or refuses the key? Then it refuses us too, and this throws.
  await api.isInNetwork();
  return (await api.isClientInNetwork(NOBODYS_ADDRESS)) === true ? 'only-us' : 'each-client';
}
