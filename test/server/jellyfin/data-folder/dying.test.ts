import { describe, expect, it, onTestFinished } from 'vitest';
import type { Transport } from '../../../../server/jellyfin/transport.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../../jellyfin/fake-jellyfin.ts';
import { connectFolderAccounts } from '../../../support/jellyfin/folder-accounts.ts';
import { createJellyfinCaller } from '../../../support/jellyfin/jellyfin-caller.ts';

const RANDOM = /^-{0,63}(?:[\dA-F]-{0,63}){8}$/;

/** A process that dies at its call number `last`: before that is sent, or before its answer is read. Nothing follows. */
function dyingAt(url: string, last: number, isSent: boolean): { transport: Transport; calls: () => number } {
  let calls = 0;
  const die = (code = 'ECONNREFUSED'): never => {
    throw new TypeError('fetch failed', { cause: { code } });
  };
  return {
    calls: () => calls,
    transport: {
      url,
      async fetch(address, init) {
        calls += 1;
        if (calls > last) return die();
        if (calls === last && !isSent) return die();
        const answer = await fetch(address, init);
        return calls === last ? die('ECONNRESET') : answer;
      },
    },
  };
}

async function die(jellyfin: FakeJellyfin, wanted: string, last: number, isSent: boolean) {
  const { transport, calls } = dyingAt(jellyfin.url, last, isSent);
  const accounts = await connectFolderAccounts({
    jellyfin,
    transport,
    names: ['alice'],
    wait: async () => {},
  });
  const outcome = await accounts.setPassword(jellyfin.user('alice').id, wanted);
  return { outcome, calls: calls() };
}

describe.each(['10.8.13', '12.0'] as const)('a change over a PIN file of Jellyfin %s', (version) => {
  it.each([
    ['before it is sent', false],
    ['after it is done', true],
  ])('that dies at any of its calls, %s, succeeds when it is made again', async (_when, isSent) => {
    const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const caller = createJellyfinCaller(jellyfin.url);
    const seen = new Set<string>();
    let old = 'alice-pw-1';
    for (let last = 1; ; last += 1) {
      const wanted = `q7!zk-${last}`;
      const { outcome, calls } = await die(jellyfin, wanted, last, isSent);
      const { id, password } = jellyfin.user('alice');
      seen.add(
        password === wanted
          ? 'new'
          : password === old
            ? 'old'
            : RANDOM.test(password ?? '')
              ? 'random'
              : 'other',
      );
      // What is said of the old password is never better than the truth.
      if (password !== old && outcome.kind !== 'in-force')
        expect(outcome, `call ${last}`).toMatchObject({ isOldPasswordDead: true });
      // The next process knows nothing of the one before.
      const again = await connectFolderAccounts({ jellyfin, names: ['alice'], wait: async () => {} });
      expect(await again.setPassword(id, wanted), `call ${last}`).toMatchObject({ kind: 'in-force' });
      expect((await caller.signIn('alice', wanted)).status).toBe(200);
      old = wanted;
      if (calls < last) break;
    }
    expect([...seen].sort()).toEqual(['new', 'old', 'random']);
    expect(jellyfin.user('alice').failedLogins).toBe(0);
  });
});
