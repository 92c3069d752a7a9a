import type { JellyfinApi } from './api.ts';
import type { Wait } from './clear-lockout.ts';

const MOST_ROUNDS = 3;
const PAUSE_MS = 200;

/**
 * Ends every session an account still has, and removes our own device if it is still listed. Jellyfin ends sessions
 * when a password changes, but up to 10.10 a sign-in with the OLD password that overlaps the change keeps its token.
 * Deleting a device ends all tokens on it, also those of another person who shares it; only such leftovers are hit.
 *
 * @param userId Undefined: only our own device is removed.
 * @returns Whether the list was seen without them.
 * @throws {JellyfinUnreachableError}
 * Source: measured on 10.8.13 (9 of 10), 10.9.11 (11 of 12), 10.10.7 (10 of 12).
 */
export async function endSessions(
  api: JellyfinApi,
  userId: string | undefined,
  ownDeviceId: string,
  wait: Wait,
): Promise<boolean> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const devices = await api.devices();
    const left = devices.filter(
      ({ Id, LastUserId }) => Id === ownDeviceId || (userId !== undefined && LastUserId === userId),
    );
    if (left.length === 0) return true;
    for (const { Id } of left) await api.deleteDevice(Id);
    if (round > 1) await wait(PAUSE_MS);
  }
  return false;
}
