import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../support/clock/until.ts';
import { createFakeJellyfin, type FakeJellyfin, type FakeJellyfinOptions } from './fake-jellyfin.ts';
import { createTestClient, type TestClient } from './test-client.ts';

let fake: FakeJellyfin | undefined;

async function start(options: FakeJellyfinOptions): Promise<[FakeJellyfin, TestClient]> {
  fake = await createFakeJellyfin({ apiKeys: ['key'], hashMs: 1, ...options });
  return [fake, createTestClient(fake)];
}

/**
 * A call that hashes for alice, and a second one that comes while it does: it is over, or waits for her row, before the
 * hashing ends.
 */
async function overlap<First, Second>(
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const jellyfin = fake;
  if (!jellyfin) throw new Error('no fake Jellyfin runs');
  const release = jellyfin.holdHashing();
  const begun = first();
  await until(() => jellyfin.held() === 1);
  const other = second();
  await Promise.race([other, until(() => jellyfin.waiting('alice') === 1)]);
  release();
  return [await begun, await other];
}

/** A change of alice's password by API key, and a call that comes while it is being hashed. */
async function overlapChange(client: TestClient, call: () => Promise<Response>): Promise<[number, number]> {
  const [status, answer] = await overlap(() => client.changePassword('alice', 'new-1', 'key'), call);
  return [status, answer.status];
}

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

describe.each(['10.11.11', '12.0'] as const)(
  'on %s a password change is undone, and nobody is told,',
  (version) => {
    test('by a ForgotPassword for that user from the LAN', async () => {
      const [jellyfin, client] = await start({ version });
      expect(await overlapChange(client, () => client.forgot('ALICE'))).toEqual([204, 200]);
      expect(jellyfin.user('alice').password).toBe('alice-pw-1');
    });

    test('by a sign-in that was under way when the change began', async () => {
      const [jellyfin, client] = await start({ version });
      const [{ status, token }, changed] = await overlap(
        () => client.login('alice', 'alice-pw-1'),
        () => client.changePassword('alice', 'new-1', 'key'),
      );
      expect([changed, status, await client.isAlive(token)]).toEqual([204, 200, false]);
      expect(jellyfin.user('alice').password).toBe('alice-pw-1');
    });

    test.each(['/Sessions/Playing/Progress', '/Sessions/Capabilities', '/Sessions/Capabilities/Full'])(
      'by POST %s of a client that was idle for over a minute',
      async (path) => {
        const [jellyfin, client] = await start({ version });
        const { token } = await client.login('alice', 'alice-pw-1');
        await jellyfin.letIdle('alice');
        const statuses = await overlapChange(client, () => client.ask('POST', path, {}, token));
        expect(statuses).toEqual([204, 204]);
        expect(jellyfin.user('alice').password).toBe('alice-pw-1');
      },
    );

    test('but not by a client that was active a moment ago', async () => {
      const [jellyfin, client] = await start({ version });
      const { token } = await client.login('alice', 'alice-pw-1');
      await overlapChange(client, () => client.ask('POST', '/Sessions/Capabilities', {}, token));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('but not by a ForgotPassword from outside, or for somebody else', async () => {
      const [jellyfin, client] = await start({ version, knownProxies: ['127.0.0.1'] });
      await overlapChange(client, () => client.forgot('alice', '203.0.113.7'));
      expect(jellyfin.user('alice').password).toBe('new-1');
      await overlapChange(client, () => client.forgot('bob'));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('but not when the test has switched the fault off', async () => {
      const [jellyfin, client] = await start({ version, lostUpdate: false });
      await overlapChange(client, () => client.forgot('alice'));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('while a sign-in with the old password during the change is refused', async () => {
      const [jellyfin, client] = await start({ version });
      const [changed, login] = await overlap(
        () => client.changePassword('alice', 'new-1', 'key'),
        () => client.login('alice', 'alice-pw-1'),
      );
      expect([changed, login.status, jellyfin.user('alice').password]).toEqual([204, 401, 'new-1']);
    });
  },
);

test('a first sign-in on 10.11.11 does not clear earlier failures, a second one does', async () => {
  const [jellyfin, client] = await start({ version: '10.11.11' });
  await client.login('alice', 'bad');
  await client.login('alice', 'alice-pw-1');
  expect(jellyfin.user('alice').failedLogins).toBe(1);
  await client.login('alice', 'alice-pw-1');
  expect(jellyfin.user('alice').failedLogins).toBe(0);
});

test.each(['10.9.11', '10.10.7'] as const)(
  '%s keeps one object in memory and loses nothing',
  async (version) => {
    const [jellyfin, client] = await start({ version });
    expect(await overlapChange(client, () => client.forgot('alice'))).toEqual([204, 200]);
    expect(jellyfin.user('alice').password).toBe('new-1');
  },
);
