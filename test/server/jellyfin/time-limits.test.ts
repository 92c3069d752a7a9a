import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccounts } from '../../../server/jellyfin/accounts.ts';
import { createJellyfinApi } from '../../../server/jellyfin/api.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

describe('the time a change may take', () => {
  it('counts from the call: a change that waited too long behind another is not begun', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0', apiKeys: [TEST_API_KEY], hashMs: 5 });
    onTestFinished(() => jellyfin.close());
    const clock = createSettableClock();
    const { url } = jellyfin;
    const api = createJellyfinApi({
      url,
      apiKey: TEST_API_KEY,
      deviceId: 'gatehouse-test',
      version: '0.1.0',
    });
    const wait = async (): Promise<void> => clock.advance(31_000);
    const accounts = createAccounts({ api, clock, wait, log: createLogLines().log });
    const { id } = jellyfin.user('alice');
    const first = accounts.setPassword(id, 'first-q7!zk');
    const second = accounts.setPassword(id, 'second-q7!zk');
    const other = accounts.setPassword(jellyfin.user('bob').id, 'other-q7!zk');
    expect(accounts.isChanging(id)).toBe(true);
    expect(await first).toEqual({ kind: 'in-force', tries: 1 });
    expect(await second).toMatchObject({ kind: 'unreachable' });
    expect(await other).toMatchObject({ kind: 'in-force' });
    expect(accounts.isChanging(id)).toBe(false);
    expect(jellyfin.user('alice').password).toBe('first-q7!zk');
  });
});
