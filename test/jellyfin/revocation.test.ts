import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../support/clock/until.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  JELLYFIN_VERSIONS,
  type JellyfinVersion,
} from './fake-jellyfin.ts';
import { createTestClient, type TestClient } from './test-client.ts';

let fake: FakeJellyfin | undefined;

async function start(version: JellyfinVersion): Promise<[FakeJellyfin, TestClient, string]> {
  fake = await createFakeJellyfin({ version, hashMs: 1 });
  const client = createTestClient(fake);
  const { token } = await client.login('admin', 'admin-pw-1');
  return [fake, client, token];
}

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

describe.each(JELLYFIN_VERSIONS)('on %s', (version) => {
  test('a new password ends all sessions of the user but the one that set it', async () => {
    const [, client] = await start(version);
    const own = await client.login('alice', 'alice-pw-1', 'phone');
    const other = await client.login('alice', 'alice-pw-1', 'tv');
    expect(await client.changePassword('alice', 'new-1', own.token, 'alice-pw-1')).toBe(204);
    expect([await client.isAlive(own.token), await client.isAlive(other.token)]).toEqual([true, false]);
  });

  test('neither ResetPassword nor a PIN ends a session', async () => {
    const [jellyfin, client, admin] = await start(version);
    const { token } = await client.login('alice', 'alice-pw-1');
    const path = `/Users/${jellyfin.user('alice').id}/Password`;
    expect((await client.ask('POST', path, { ResetPassword: true }, admin)).status).toBe(204);
    expect([jellyfin.user('alice').password, await client.isAlive(token)]).toEqual([null, true]);
  });

  test('an account that is disabled loses its tokens for good', async () => {
    const [jellyfin, client, admin] = await start(version);
    const { token } = await client.login('alice', 'alice-pw-1');
    const user = `/Users/${jellyfin.user('alice').id}`;
    const { Policy } = (await (await client.ask('GET', user, undefined, admin)).json()) as { Policy: object };
    await client.ask('POST', `${user}/Policy`, { ...Policy, IsDisabled: true }, admin);
    await client.ask('POST', `${user}/Policy`, { ...Policy, IsDisabled: false }, admin);
    expect([jellyfin.user('alice').tokens, await client.isAlive(token)]).toEqual([[], false]);
  });

  test('deleting the last administrator is refused, yet his tokens are gone', async () => {
    const [jellyfin, client, admin] = await start(version);
    const answer = await client.ask('DELETE', `/Users/${jellyfin.user('admin').id}`, undefined, admin);
    expect([answer.status, jellyfin.user('admin').tokens]).toEqual([400, []]);
  });
});

describe.each(['10.8.13', '10.9.11', '10.10.7'] as const)('on %s', (version) => {
  test('a sign-in with the old password during a change keeps its token until the next change', async () => {
    const [jellyfin, client, admin] = await start(version);
    const release = jellyfin.holdHashing();
    const change = client.changePassword('alice', 'new-1', admin);
    await until(() => jellyfin.held() === 1);
    const login = client.login('alice', 'alice-pw-1');
    await until(() => jellyfin.held() === 2);
    release();
    const { status, token } = await login;
    expect([await change, status, await client.isAlive(token)]).toEqual([204, 200, true]);
    expect(jellyfin.user('alice').password).toBe('new-1');
    await client.changePassword('alice', 'new-1', admin);
    expect(await client.isAlive(token)).toBe(false);
  });
});

test('10.8 gives a device its token again and signs everybody else out of it', async () => {
  const [, client] = await start('10.8.13');
  const first = await client.login('alice', 'alice-pw-1', 'tv');
  expect((await client.login('alice', 'alice-pw-1', 'tv')).token).toBe(first.token);
  await client.login('bob', 'bob-pw-1', 'tv');
  expect(await client.isAlive(first.token)).toBe(false);
});

test('from 10.9 on only the old token of the same user on a device ends', async () => {
  const [, client] = await start('10.9.11');
  const first = await client.login('alice', 'alice-pw-1', 'tv');
  const bob = await client.login('bob', 'bob-pw-1', 'tv');
  const second = await client.login('alice', 'alice-pw-1', 'tv');
  const alive = await Promise.all([first, bob, second].map(({ token }) => client.isAlive(token)));
  expect(alive).toEqual([false, true, true]);
});
