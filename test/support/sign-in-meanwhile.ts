import { expect } from 'vitest';
import type { Accounts } from '../../server/ports/accounts.ts';
import type { FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import type { JellyfinCaller } from './jellyfin-caller.ts';
import { until } from './until.ts';

/** Where somebody signs in meanwhile. */
export interface MeanwhileStage {
  readonly jellyfin: FakeJellyfin;
  readonly caller: JellyfinCaller;
  readonly accounts: Pick<Accounts, 'setPassword'>;
  /** The new one. */
  readonly password: string;
}

/** Sets a password, and lets its owner sign in with the one of before while the new one is hashed; answers that session. */
export async function signInMeanwhile(
  name: 'admin' | 'alice',
  { jellyfin, caller, accounts, password }: MeanwhileStage,
): Promise<{ token: string }> {
  const release = jellyfin.holdHashing();
  const changed = accounts.setPassword(jellyfin.user(name).id, password);
  await until(() => jellyfin.held() === 1);
  const overlapping = caller.signIn(name, `${name}-pw-1`, 'door');
  await until(() => jellyfin.held() === 2);
  release();
  const door = await overlapping;
  expect(await changed).toMatchObject({ kind: 'in-force' });
  return door;
}
