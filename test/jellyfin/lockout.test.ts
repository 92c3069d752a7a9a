import { afterEach, expect, test } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from './fake-jellyfin.ts';
import { createTestClient, type TestClient } from './test-client.ts';

let fake: FakeJellyfin | undefined;

async function start(version: JellyfinVersion): Promise<[FakeJellyfin, TestClient]> {
  const users = [
    { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
    { name: 'bob', password: 'bob-pw-1', loginAttemptsBeforeLockout: 3 },
  ];
  fake = await createFakeJellyfin({ version, users, apiKeys: ['key'], hashMs: 1 });
  return [fake, createTestClient(fake)];
}

async function tryWrong(client: TestClient, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < times; at += 1) statuses.push((await client.login('bob', 'bad')).status);
  return statuses;
}

async function setPolicy(
  jellyfin: FakeJellyfin,
  client: TestClient,
  patch: Record<string, unknown>,
): Promise<void> {
  const path = `/Users/${jellyfin.user('bob').id}`;
  const { Policy } = (await (await client.ask('GET', path, undefined, 'key')).json()) as { Policy: object };
  const answer = await client.ask('POST', `${path}/Policy`, { ...Policy, ...patch }, 'key');
  expect(answer.status).toBe(204);
}

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

test.each([
  ['10.8.13', 3],
  ['10.9.11', 3],
  ['10.10.7', 3],
  ['12.0', 4],
] as const)('%s locks at the third wrong password and stores %d failures', async (version, count) => {
  const [jellyfin, client] = await start(version);
  const { token } = await client.login('bob', 'bob-pw-1');
  // The first sign-in of an idle user leaves his counter alone on 12.0, so it is made before.
  expect(await tryWrong(client, 4)).toEqual([401, 401, 401, 403]);
  expect(jellyfin.user('bob')).toMatchObject({ isDisabled: true, failedLogins: count });
  expect((await client.login('bob', 'bob-pw-1')).status).toBe(403);
  expect(await client.isAlive(token)).toBe(false);

  await client.changePassword('bob', 'bob-pw-1', 'key');
  expect(jellyfin.user('bob').isDisabled).toBe(true);

  await setPolicy(jellyfin, client, { IsDisabled: false, InvalidLoginAttemptCount: 0 });
  expect((await client.login('bob', 'bob-pw-1')).status).toBe(200);
});

test('whoever unlocks but echoes the count locks again at the next wrong password', async () => {
  const [jellyfin, client] = await start('12.0');
  await tryWrong(client, 3);
  await setPolicy(jellyfin, client, { IsDisabled: false });
  await tryWrong(client, 1);
  expect(jellyfin.user('bob')).toMatchObject({ isDisabled: true, failedLogins: 6 });
});

test('10.11.11 counts on, cries lockout and locks nobody', async () => {
  const [jellyfin, client] = await start('10.11.11');
  expect(await tryWrong(client, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(jellyfin.user('bob')).toMatchObject({ isDisabled: false, failedLogins: 5 });
  const log = await client.ask('GET', '/System/ActivityLog/Entries', undefined, 'key');
  const { Items } = (await log.json()) as { Items: { Type: string }[] };
  expect(Items.filter((entry) => entry.Type === 'UserLockedOut')).toHaveLength(3);
});

test('a wrong current password counts as a failed login', async () => {
  const [jellyfin, client] = await start('10.10.7');
  const { token } = await client.login('bob', 'bob-pw-1');
  expect(await client.changePassword('bob', 'new-1', token, 'bad')).toBe(403);
  expect(jellyfin.user('bob').failedLogins).toBe(1);
});
