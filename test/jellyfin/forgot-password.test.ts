import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from './fake-jellyfin.ts';
import { createTestClient, type TestClient } from './test-client.ts';

let fake: FakeJellyfin | undefined;

async function start(
  version: JellyfinVersion,
  names = ['alice'],
  knownProxies: string[] = [],
): Promise<[FakeJellyfin, TestClient]> {
  const users = names.map((name) => ({ name, password: `${name}-pw-1` }));
  fake = await createFakeJellyfin({ version, users, knownProxies, hashMs: 1 });
  return [fake, createTestClient(fake)];
}

async function filesOf(jellyfin: FakeJellyfin): Promise<string[]> {
  return readdir(jellyfin.dataFolder);
}

async function redeem(client: TestClient, pin: string): Promise<number> {
  return (await client.ask('POST', '/Users/ForgotPassword/Pin', { Pin: pin })).status;
}

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

describe('the PIN file', () => {
  test.each([
    ['ADMIN', '7835b5bef68bdb73fe360bfe8d933a7c'],
    ['alice', '6e2030dcd031561296d17289f6fe5c33'],
    ['Bob Smith', 'dfe09a87efa3f36841c7bc5e6982a923'],
    ['josé', '86561bbdc993fd650539e7b7e4c20032'],
    ['straße', 'c668d4720227ccae76a21ba2c4a5c41b'],
  ])('of %s is named after the upper-case name on 10.11.11', async (name, hash) => {
    const [jellyfin, client] = await start('10.11.11', [name]);
    await client.forgot(name);
    expect(await filesOf(jellyfin)).toEqual([`passwordreset${hash}.json`]);
  });

  test('is named after the id of the user up to 10.10', async () => {
    const [jellyfin, client] = await start('10.10.7');
    await client.forgot('ALICE');
    const id = jellyfin.user('alice').id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    expect(await filesOf(jellyfin)).toEqual([`passwordreset${id}.json`]);
  });

  test('holds PIN, stored name, own path and expiry in one line, readable by all', async () => {
    const [jellyfin, client] = await start('12.0');
    await client.forgot('ALICE');
    const [name = ''] = await filesOf(jellyfin);
    const path = join(jellyfin.dataFolder, name);
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(
      /^\{"Pin":"(?:[0-9A-F]{2}-){3}[0-9A-F]{2}","UserName":"alice","PinFile":"[^"]+","ExpirationDate":"[^"]+Z"\}$/,
    );
    expect(JSON.parse(text).PinFile).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  test.each([
    ['10.10.7', true],
    ['10.11.11', false],
  ] as const)('of %s keeps the tail of a longer text: %s', async (version, keepsTail) => {
    const [jellyfin, client] = await start(version);
    await client.forgot('alice');
    const [name = ''] = await filesOf(jellyfin);
    const path = join(jellyfin.dataFolder, name);
    await writeFile(path, `${await readFile(path, 'utf8')}${'}'.repeat(9)}`);
    await client.forgot('alice');
    const text = await readFile(path, 'utf8');
    expect(text.endsWith('}}')).toBe(keepsTail);
    expect(await redeem(client, '00-00-00-00')).toBe(keepsTail ? 500 : 404);
  });

  test('is written for the LAN only, though 10.11.11 answers everybody alike', async () => {
    const [jellyfin, client] = await start('10.11.11', ['alice'], ['127.0.0.1']);
    const keys = async (answer: Response): Promise<string[]> => Object.keys((await answer.json()) as object);
    const remote = await keys(await client.forgot('alice', '203.0.113.7'));
    expect(await filesOf(jellyfin)).toEqual([]);
    expect(await keys(await client.forgot('alice', '192.168.1.5'))).toEqual(remote);
    expect(await filesOf(jellyfin)).toHaveLength(1);
  });
});

test('a redeemed PIN becomes the password as it was typed and opens no lock', async () => {
  const [jellyfin, client] = await start('10.11.11');
  await client.forgot('alice');
  const [name = ''] = await filesOf(jellyfin);
  const { Pin } = JSON.parse(await readFile(join(jellyfin.dataFolder, name), 'utf8'));
  const typed = `-${Pin.replaceAll('-', '')}`;
  expect(await redeem(client, typed)).toBe(200);
  expect(jellyfin.user('alice').password).toBe(typed);
  expect(await redeem(client, typed)).toBe(404);
});
