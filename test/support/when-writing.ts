import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';

/** Resolves when the server got the call that sets that user's password: from then on it hashes. */
export async function whenWriting(jellyfin: FakeJellyfin, userId: string): Promise<void> {
  const isWrite = (entry: { path: string }): boolean => entry.path.includes(`/Users/${userId}/Password`);
  while (!jellyfin.journal.some(isWrite)) await sleep(5);
}
