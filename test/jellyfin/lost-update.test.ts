import { afterEach, describe, expect, test } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type FakeJellyfinOptions } from './fake-jellyfin.ts';
import { arrival, createTestClient, type TestClient } from './test-client.ts';

// Long enough for a slow machine to bring the second call in while the first one hashes.
const HASH_MS = 150;

let fake: FakeJellyfin | undefined;

async function start(options: FakeJellyfinOptions): Promise<[FakeJellyfin, TestClient]> {
  seen = 0;
  fake = await createFakeJellyfin({ apiKeys: ['key'], hashMs: HASH_MS, ...options });
  return [fake, createTestClient(fake)];
}

let seen = 0;

/** Waits until a call of that path has come in that was not there the last time. */
async function underWay(path: RegExp): Promise<void> {
  if (!fake) throw new Error('no fake Jellyfin runs');
  await arrival(fake, path, seen);
  seen = fake.journal.length;
}

/** A change of alice's password by API key, and a call that begins while it is being hashed. */
async function overlap(client: TestClient, call: () => Promise<Response>): Promise<[number, number]> {
  const change = client.changePassword('alice', 'new-1', 'key');
  await underWay(/\/Password$/);
  const other = await call();
  return [await change, other.status];
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
      expect(await overlap(client, () => client.forgot('ALICE'))).toEqual([204, 200]);
      expect(jellyfin.user('alice').password).toBe('alice-pw-1');
    });

    test('by a sign-in that was under way when the change began', async () => {
      const [jellyfin, client] = await start({ version });
      const login = client.login('alice', 'alice-pw-1');
      await underWay(/AuthenticateByName$/);
      expect(await client.changePassword('alice', 'new-1', 'key')).toBe(204);
      const { status, token } = await login;
      expect([status, await client.isAlive(token)]).toEqual([200, false]);
      expect(jellyfin.user('alice').password).toBe('alice-pw-1');
    });

    test.each(['/Sessions/Playing/Progress', '/Sessions/Capabilities', '/Sessions/Capabilities/Full'])(
      'by POST %s of a client that was idle for over a minute',
      async (path) => {
        const [jellyfin, client] = await start({ version });
        const { token } = await client.login('alice', 'alice-pw-1');
        await jellyfin.letIdle('alice');
        const statuses = await overlap(client, () => client.ask('POST', path, {}, token));
        expect(statuses).toEqual([204, 204]);
        expect(jellyfin.user('alice').password).toBe('alice-pw-1');
      },
    );

    test('but not by a client that was active a moment ago', async () => {
      const [jellyfin, client] = await start({ version });
      const { token } = await client.login('alice', 'alice-pw-1');
      await overlap(client, () => client.ask('POST', '/Sessions/Capabilities', {}, token));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('but not by a ForgotPassword from outside, or for somebody else', async () => {
      const [jellyfin, client] = await start({ version, knownProxies: ['127.0.0.1'] });
      await overlap(client, () => client.forgot('alice', '203.0.113.7'));
      expect(jellyfin.user('alice').password).toBe('new-1');
      await overlap(client, () => client.forgot('bob'));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('but not when the test has switched the fault off', async () => {
      const [jellyfin, client] = await start({ version, lostUpdate: false });
      await overlap(client, () => client.forgot('alice'));
      expect(jellyfin.user('alice').password).toBe('new-1');
    });

    test('while a sign-in with the old password during the change is refused', async () => {
      const [jellyfin, client] = await start({ version });
      const change = client.changePassword('alice', 'new-1', 'key');
      await underWay(/\/Password$/);
      expect((await client.login('alice', 'alice-pw-1')).status).toBe(401);
      expect([await change, jellyfin.user('alice').password]).toEqual([204, 'new-1']);
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
    expect(await overlap(client, () => client.forgot('alice'))).toEqual([204, 200]);
    expect(jellyfin.user('alice').password).toBe('new-1');
  },
);
