import { expect } from 'vitest';
import type { FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { TEST_API_KEY } from './jellyfin-accounts.ts';
import type { JellyfinCaller } from './jellyfin-caller.ts';

/** Writes some fields of a policy, as an administrator does on the dashboard. */
export async function editPolicy(
  { jellyfin, caller }: { readonly jellyfin: FakeJellyfin; readonly caller: JellyfinCaller },
  name: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const path = `/Users/${jellyfin.user(name).id}`;
  const { json } = await caller.call('GET', path, TEST_API_KEY);
  const { Policy } = json as { Policy: Record<string, unknown> };
  const { status } = await caller.call('POST', `${path}/Policy`, TEST_API_KEY, { ...Policy, ...fields });
  expect(status).toBe(204);
}
