import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createToken, hashToken } from '../../server/secrets/token.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { until } from '../support/clock/until.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

const ROUNDS = 20;
const NEW = 'a phrase of some length';

/** Gives each account a link, as a message would carry it. */
async function issueLinks(stage: Stage, users: readonly { id: string; name: string }[]): Promise<string[]> {
  const storage = await openStorage(stage.storagePath);
  const tokens = users.map(() => createToken());
  for (const [index, { id, name }] of users.entries()) {
    const tokenHash = hashToken(tokens[index] ?? '');
    await storage.links.add({
      tokenHash,
      userId: id,
      userName: name,
      outboxId: 1_000 + index,
      expiresAt: Date.now() + 3_600_000,
    });
  }
  await storage.close();
  return tokens;
}

describe.each(['10.11.11', '12.0'] as const)('on Jellyfin %s, which loses changes', (version) => {
  it(`the new password is in force ${ROUNDS} of ${ROUNDS} times while a player reports and Forgot Password is asked in a loop`, async () => {
    const names = Array.from({ length: ROUNDS }, (_, n) => `user${n}`);
    const admin = { name: 'admin', password: 'admin-pw-1', isAdministrator: true };
    const people = ['alice', 'bob', ...names].map((name) => ({ name, password: 'old-pw-1' }));
    const subject = await createFakeSubject({ version, hashMs: 1, users: [admin, ...people] });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const { fake } = subject;
    if (fake === undefined) throw new Error('this needs the fake');
    const caller = createJellyfinCaller(stage.url);
    const tokens = await issueLinks(
      stage,
      names.map((name) => ({ id: fake.user(name).id, name })),
    );
    const players = await Promise.all(names.map((name) => caller.signIn(name, 'old-pw-1', `player-${name}`)));
    // A client that was seen a moment ago writes nothing; after two minutes it does, and that is what loses changes.
    vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    vi.setSystemTime(Date.now() + 120_000);

    const ask = (name: string) => () =>
      caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: name });
    const stopAsking = names.map((name) => repeat(ask(name), 20));
    // All of them hash until each player's report, which would undo the change, waits for the account's row.
    const release = fake.holdHashing('set');
    const answered = names.map((_, n) =>
      fetch(`${stage.url}/gatehouse/api/passwords`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token: tokens[n], password: NEW }),
      }),
    );
    await until(() => fake.held() === ROUNDS);
    const reported = players.map(({ token }) => caller.call('POST', '/Sessions/Playing/Progress', token, {}));
    await until(() => names.every((name) => fake.waiting(name) === 1));
    await Promise.all(names.map((name) => ask(name)()));
    release();
    const answers = await Promise.all(answered);
    await Promise.all([...stopAsking.map((stop) => stop()), ...reported]);

    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(names.filter((name) => fake.user(name).password !== NEW)).toEqual([]);
    expect(fake.journal.filter(({ path }) => /forgotpassword/i.test(path))).toEqual([]);
    expect(stage.log.events().filter((event) => event === 'jellyfin-lost-change')).toHaveLength(ROUNDS);
  });
});

it('50 redemptions of one link at once: one succeeds, and the password is its', async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const [token] = await issueLinks(stage, subject.users.slice(0, 1));
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const password = `phrase number ${n} of 50`;
      const answer = await fetch(`${stage.url}/gatehouse/api/passwords`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token, password }),
      });
      return { status: answer.status, password };
    }),
  );
  const [won, ...others] = answers.filter(({ status }) => status === 200);
  expect(others).toEqual([]);
  expect(subject.fake?.user('alice').password).toBe(won?.password);
  for (const { status } of answers) expect([200, 409, 410]).toContain(status);
  const writes = subject.fake?.journal.filter(
    ({ method, path }) => method === 'POST' && /\/Password$/.test(path),
  );
  expect(writes).toHaveLength(1);
});

/** Repeats a call, with a pause after each, until the returned function is called; that answers how often it was made. */
function repeat(act: (round: number) => Promise<unknown>, pauseMs: number): () => Promise<number> {
  let isOver = false;
  let count = 0;
  const running = (async () => {
    while (!isOver) {
      await act(count);
      count += 1;
      await sleep(pauseMs);
    }
  })();
  return async () => {
    isOver = true;
    await running;
    return count;
  };
}
