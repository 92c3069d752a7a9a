import { describe, expect, it, onTestFinished } from 'vitest';
import type { FolderAccounts } from '../../../../server/jellyfin/data-folder/folder-accounts.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type JellyfinVersion,
} from '../../../jellyfin/fake-jellyfin.ts';
import { skipTwoMinutes } from '../../../support/clock/time-zone.ts';
import { until } from '../../../support/clock/until.ts';
import { connectFolderAccounts } from '../../../support/jellyfin/folder-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../../../support/jellyfin/jellyfin-caller.ts';
import { createLogLines, type LogLines } from '../../../support/log/log-lines.ts';

const ROUNDS = 5;
const NEW = 'q7!zk2wv';
const OLD = 'old-pw-1';

interface Stage {
  readonly jellyfin: FakeJellyfin;
  readonly caller: JellyfinCaller;
  readonly names: readonly string[];
  readonly accounts: FolderAccounts;
  readonly lines: LogLines;
}

/** One server with an account for each round, so that the rounds can run side by side. */
async function setStage(version: JellyfinVersion): Promise<Stage> {
  const names = Array.from({ length: ROUNDS }, (_, n) => `user${n}`);
  const jellyfin = await createFakeJellyfin({
    version,
    hashMs: 1,
    // A lockout at three, as Jellyfin has it for whoever switches it on: our own failures must never be enough for it.
    users: names.map((name) => ({ name, password: OLD, loginAttemptsBeforeLockout: 3 })),
  });
  onTestFinished(() => jellyfin.close());
  const lines = createLogLines();
  const accounts = await connectFolderAccounts({ jellyfin, names, log: lines.log, timeoutMs: 25_000 });
  return { ...{ jellyfin, names, accounts, lines }, caller: createJellyfinCaller(jellyfin.url) };
}

const setAll = ({ accounts, jellyfin, names }: Stage) =>
  names.map((name) => accounts.setPassword(jellyfin.user(name).id, NEW));

describe.each(['10.11.11', '12.0'] as const)('a PIN file on Jellyfin %s, which loses changes', (version) => {
  it.each(['the PIN is redeemed', 'the person changes it'])(
    `leads to the new password ${ROUNDS} of ${ROUNDS} times when somebody else's call writes the old row back while %s`,
    async (step) => {
      const stage = await setStage(version);
      const { jellyfin, caller, names, lines } = stage;
      const isLate = step === 'the person changes it';
      const players = await Promise.all(names.map((name) => caller.signIn(name, OLD, `player-${name}`)));
      skipTwoMinutes();
      let release = jellyfin.holdHashing('set');
      const changes = setAll(stage);
      await until(() => jellyfin.held() === ROUNDS);
      if (isLate) {
        const go = release;
        release = jellyfin.holdHashing('set');
        go();
        await until(() => names.every((name) => jellyfin.user(name).password !== OLD));
        await until(() => jellyfin.held() === ROUNDS);
      }
      const others = names.map((name, n) =>
        isLate
          ? caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: name })
          : caller.call('POST', '/Sessions/Playing/Progress', players[n]?.token ?? '', {}),
      );
      await until(() => names.every((name) => jellyfin.waiting(name) === 1));
      release();
      const outcomes = await Promise.all(changes);
      await Promise.all(others);
      expect(outcomes).toEqual(names.map(() => ({ kind: 'in-force', tries: isLate ? 2 : 1 })));
      for (const name of names)
        expect(jellyfin.user(name)).toMatchObject({ password: NEW, isDisabled: false, failedLogins: 0 });
      expect(lines.events()).toEqual(names.map(() => 'jellyfin-lost-change'));
    },
  );
});

describe.each(['10.8.13', '10.10.7'] as const)('a PIN file on Jellyfin %s', (version) => {
  it('leaves no living token of a sign-in with the old password that overlaps its redemption', async () => {
    const stage = await setStage(version);
    const { jellyfin, caller, names } = stage;
    const release = jellyfin.holdHashing();
    const changes = setAll(stage);
    await until(() => jellyfin.held() === ROUNDS);
    const doors = names.map((name) => caller.signIn(name, OLD, `door-${name}`));
    await until(() => jellyfin.held() === 2 * ROUNDS);
    release();
    const tokens = (await Promise.all(doors)).map(({ token }) => token).filter((token) => token !== '');
    expect(tokens).toHaveLength(ROUNDS);
    expect(await Promise.all(changes)).toEqual(names.map(() => ({ kind: 'in-force', tries: 1 })));
    for (const token of tokens) expect((await caller.call('GET', '/Users/Me', token)).status).toBe(401);
  });
});
