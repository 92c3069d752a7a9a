import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { skipTwoMinutes } from '../../support/clock/time-zone.ts';
import { until } from '../../support/clock/until.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

const ROUNDS = 20;
const NEW = 'q7!zk2wv';

interface Stage {
  readonly jellyfin: FakeJellyfin;
  readonly caller: JellyfinCaller;
  readonly names: readonly string[];
  readonly apiKey: string;
}

/** One server with an account for each round, so that the rounds can run side by side. */
async function setStage(version: JellyfinVersion, loginAttemptsBeforeLockout = -1): Promise<Stage> {
  const names = Array.from({ length: ROUNDS }, (_, n) => `user${n}`);
  const jellyfin = await createFakeJellyfin({
    version,
    apiKeys: [TEST_API_KEY],
    hashMs: 1,
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...names.map((name) => ({ name, password: 'old-pw-1', loginAttemptsBeforeLockout })),
    ],
  });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const admin = await caller.signIn('admin', 'admin-pw-1', 'gatehouse');
  return { jellyfin, caller, names, apiKey: version === '10.8.13' ? admin.token : TEST_API_KEY };
}

/**
 * Starts a change for each account, lets a call of somebody else come in while all of them hash, and lets go when each
 * of these waits for its row: from then on the row of each is written back as it was.
 */
async function overlapAll<Outcome>(
  { jellyfin }: Stage,
  names: readonly string[],
  acts: {
    change: (name: string) => Promise<Outcome>;
    meanwhile: (name: string) => readonly Promise<unknown>[];
  },
): Promise<Outcome[]> {
  const release = jellyfin.holdHashing('set');
  const changes = names.map((name) => acts.change(name));
  await until(() => jellyfin.held() === names.length);
  const others = names.map((name) => acts.meanwhile(name));
  await until(() => names.every((name, n) => jellyfin.waiting(name) === others[n]?.length));
  release();
  const outcomes = await Promise.all(changes);
  await Promise.all(others.flat());
  return outcomes;
}

describe.each(['10.11.11', '12.0'] as const)('on Jellyfin %s, which loses changes', (version) => {
  it(`a change stands ${ROUNDS} of ${ROUNDS} times against a player and sign-ins with the old password`, async () => {
    const stage = await setStage(version);
    const { jellyfin, caller, names, apiKey } = stage;
    const lines = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, log: lines.log });
    const players = await Promise.all(names.map((name) => caller.signIn(name, 'old-pw-1', `player-${name}`)));
    skipTwoMinutes();
    const outcomes = await overlapAll(stage, names, {
      change: (name) => accounts.setPassword(jellyfin.user(name).id, NEW),
      meanwhile: (name) => [
        caller.call('POST', '/Sessions/Playing/Progress', players[names.indexOf(name)]?.token ?? '', {}),
        caller.signIn(name, 'old-pw-1', `door-${name}`),
      ],
    });
    expect(outcomes).toEqual(names.map(() => ({ kind: 'in-force', tries: 2 })));
    expect(names.filter((name) => jellyfin.user(name).password !== NEW)).toEqual([]);
    expect(lines.events()).toEqual(names.map(() => 'jellyfin-lost-change'));
  });

  it('a lost change does not end in a lockout by our own verification, whatever the limit', async () => {
    const stage = await setStage(version, 1);
    const { jellyfin, caller, apiKey } = stage;
    const names = stage.names.slice(0, 5);
    const lines = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, log: lines.log });
    const players = await Promise.all(names.map((name) => caller.signIn(name, 'old-pw-1', `player-${name}`)));
    skipTwoMinutes();
    const outcomes = await overlapAll(stage, names, {
      change: (name) => accounts.setPassword(jellyfin.user(name).id, NEW),
      meanwhile: (name) => [
        caller.call('POST', '/Sessions/Playing/Progress', players[names.indexOf(name)]?.token ?? '', {}),
      ],
    });
    expect(outcomes).toEqual(names.map(() => ({ kind: 'in-force', tries: 2 })));
    for (const name of names)
      expect(jellyfin.user(name)).toMatchObject({ password: NEW, isDisabled: false, failedLogins: 0 });
    expect(lines.events()).toEqual(names.map(() => 'jellyfin-lost-change'));
  });

  it.each([
    [3, { kind: 'in-force', tries: 4 }],
    [6, { kind: 'not-kept', tries: 6 }],
  ] as const)(
    'a ForgotPassword during each of %i tries, which only the proxy can hold back, ends in what is true',
    async (times, end) => {
      const { jellyfin, caller, apiKey } = await setStage(version);
      const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: (ms) => sleep(ms / 10) });
      let release = jellyfin.holdHashing('set');
      const outcome = accounts.setPassword(jellyfin.user('user0').id, NEW);
      for (let round = 1; round <= times; round += 1) {
        await until(() => jellyfin.held() === 1);
        const asked = caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'user0' });
        await until(() => jellyfin.waiting('user0') === 1);
        const go = release;
        if (round < times) release = jellyfin.holdHashing('set');
        go();
        await asked;
      }
      expect(await outcome).toEqual(end);
      expect(jellyfin.user('user0').password).toBe(end.kind === 'in-force' ? NEW : 'old-pw-1');
    },
  );
});

describe.each(['10.8.13', '10.9.11', '10.10.7'] as const)('on Jellyfin %s', (version) => {
  it('a sign-in with the old password that overlaps the change has no living token afterwards', async () => {
    const { jellyfin, caller, names, apiKey } = await setStage(version);
    const accounts = connectAccounts({ url: jellyfin.url, apiKey });
    const release = jellyfin.holdHashing();
    const changes = names.map((name) => accounts.setPassword(jellyfin.user(name).id, NEW));
    await until(() => jellyfin.held() === ROUNDS);
    const doors = names.map((name) => caller.signIn(name, 'old-pw-1', `door-${name}`));
    await until(() => jellyfin.held() === 2 * ROUNDS);
    release();
    const tokens = (await Promise.all(doors)).map(({ token }) => token).filter((token) => token !== '');
    expect(tokens).toHaveLength(ROUNDS);
    expect(await Promise.all(changes)).toEqual(names.map(() => ({ kind: 'in-force', tries: 1 })));
    const statuses = await Promise.all(
      tokens.map(async (token) => (await caller.call('GET', '/Users/Me', token)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});
