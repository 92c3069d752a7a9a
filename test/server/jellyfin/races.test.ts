import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../../support/jellyfin-caller.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { repeat } from '../../support/repeat.ts';
import { whenWriting } from '../../support/when-writing.ts';

const ROUNDS = 20;
const NEW = 'q7!zk2wv';
/** Long enough that calls of others overlap it, as they do on a real server (about 250). */
const HASH_MS = 120;

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
    hashMs: HASH_MS,
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

/** Lets two minutes pass: a person's client writes his row only when he was last seen over a minute ago. */
function skipTwoMinutes(): void {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 120_000);
}

describe.each(['10.11.11', '12.0'] as const)('on Jellyfin %s, which loses changes', (version) => {
  it(`a change stands ${ROUNDS} of ${ROUNDS} times against a player and sign-ins with the old password`, async () => {
    const { jellyfin, caller, names, apiKey } = await setStage(version);
    const lines = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, log: lines.log });
    const players = await Promise.all(names.map((name) => caller.signIn(name, 'old-pw-1', `player-${name}`)));
    skipTwoMinutes();
    const outcomes = await Promise.all(
      names.map(async (name, n) => {
        const token = players[n]?.token ?? '';
        const { id } = jellyfin.user(name);
        const outcome = accounts.setPassword(id, NEW);
        await whenWriting(jellyfin, id);
        const stops = [
          repeat(() => caller.call('POST', '/Sessions/Playing/Progress', token, {}), 15),
          repeat((door) => caller.signIn(name, 'old-pw-1', `door-${name}-${door}`), 15),
        ];
        const end = await outcome;
        await Promise.all(stops.map((stop) => stop()));
        return { ...end, password: jellyfin.user(name).password };
      }),
    );
    expect(outcomes.filter(({ kind, password }) => kind === 'in-force' && password === NEW)).toHaveLength(
      ROUNDS,
    );
    const most = Math.max(...outcomes.map((outcome) => ('tries' in outcome ? outcome.tries : 0)));
    expect(lines.events()).toContain('jellyfin-lost-change');
    expect(most).toBeLessThanOrEqual(4);
  });

  it('a lost change does not end in a lockout by our own verification, whatever the limit', async () => {
    const { jellyfin, caller, names, apiKey } = await setStage(version, 1);
    const lines = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, log: lines.log });
    const players = await Promise.all(
      names.slice(0, 5).map((name) => caller.signIn(name, 'old-pw-1', `player-${name}`)),
    );
    skipTwoMinutes();
    await Promise.all(
      players.map(async ({ token }, n) => {
        const { id, name } = jellyfin.user(names[n] ?? '');
        const outcome = accounts.setPassword(id, NEW);
        await whenWriting(jellyfin, id);
        await caller.call('POST', '/Sessions/Playing/Progress', token, {});
        expect(await outcome).toMatchObject({ kind: 'in-force', tries: 2 });
        expect(jellyfin.user(name)).toMatchObject({ password: NEW, isDisabled: false, failedLogins: 0 });
      }),
    );
    expect(lines.events()).toEqual(players.map(() => 'jellyfin-lost-change'));
  });

  it('what is said is true even against ForgotPassword in a loop, which only the proxy can hold back', async () => {
    const { jellyfin, caller, names, apiKey } = await setStage(version);
    const accounts = connectAccounts({ url: jellyfin.url, apiKey });
    const outcomes = await Promise.all(
      names.slice(0, 3).map(async (name) => {
        const ask = () => caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: name });
        const stop = repeat(ask, 5);
        const { kind } = await accounts.setPassword(jellyfin.user(name).id, NEW);
        await stop();
        return { kind, isNew: jellyfin.user(name).password === NEW };
      }),
    );
    for (const { kind, isNew } of outcomes) expect(isNew).toBe(kind === 'in-force');
  });
});

describe.each(['10.8.13', '10.9.11', '10.10.7'] as const)('on Jellyfin %s', (version) => {
  it('a sign-in with the old password that overlaps the change has no living token afterwards', async () => {
    const { jellyfin, caller, names, apiKey } = await setStage(version);
    const accounts = connectAccounts({ url: jellyfin.url, apiKey });
    const tokens: string[] = [];
    await Promise.all(
      names.map(async (name, n) => {
        const overlapping = sleep((n * HASH_MS) / ROUNDS / 2).then(() =>
          caller.signIn(name, 'old-pw-1', `door-${name}`),
        );
        const outcome = await accounts.setPassword(jellyfin.user(name).id, NEW);
        expect(outcome).toEqual({ kind: 'in-force', tries: 1 });
        const { token } = await overlapping;
        if (token !== '') tokens.push(token);
      }),
    );
    expect(tokens.length).toBeGreaterThan(0);
    const statuses = await Promise.all(
      tokens.map(async (token) => (await caller.call('GET', '/Users/Me', token)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});
