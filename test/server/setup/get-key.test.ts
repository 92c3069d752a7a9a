import { afterEach, describe, expect, it } from 'vitest';
import { createAdministration } from '../../../server/jellyfin/administration.ts';
import { sendToJellyfin } from '../../../server/jellyfin/send.ts';
import { findJellyfin, lookAtJellyfin } from '../../../server/setup/find-jellyfin.ts';
import { getKey } from '../../../server/setup/get-key.ts';
import { createKnownProxy } from '../../../server/setup/known-proxy.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type FakeJellyfinOptions,
  JELLYFIN_VERSIONS,
} from '../../jellyfin/fake-jellyfin.ts';

const PASSWORD = { way: 'password', name: 'admin', password: 'admin-pw-1' } as const;

let jellyfin: FakeJellyfin;

async function start(options: FakeJellyfinOptions): Promise<{ url: string; version: string }> {
  jellyfin = await createFakeJellyfin(options);
  return { url: jellyfin.url, version: options.version };
}

afterEach(async () => await jellyfin.close());

describe.each(JELLYFIN_VERSIONS)('Jellyfin %s', (version) => {
  it('gives something that may administer it, and has no session left over', async () => {
    const server = await start({ version });
    const got = await getKey(server, PASSWORD);
    if (got.kind !== 'got') throw new Error(got.says);
    const isOld = version === '10.8.13';
    expect(got).toMatchObject({ administrator: 'admin', isToken: isOld, isSignedOut: !isOld });
    expect(jellyfin.user('admin').tokens).toHaveLength(isOld ? 1 : 0);

    const knownProxy = createKnownProxy({ url: server.url, apiKey: got.key });
    expect(await knownProxy.look()).toEqual({
      kind: 'not-believed',
      address: '127.0.0.1',
      isListed: false,
    });
    await knownProxy.add('127.0.0.1');
    expect(await knownProxy.restart()).toBe(true);
    expect(await knownProxy.look()).toEqual({ kind: 'believed' });

    await got.takeBack();
    await expect(knownProxy.look()).rejects.toThrow('refuses');
  });

  it('lets an administrator in who types the code of Quick Connect elsewhere', async () => {
    const server = await start({ version, apiKeys: ['of-the-app'] });
    const authorize = async (code: string): Promise<void> => {
      const identity = { deviceId: 'app', version: '1' };
      const call = { method: 'POST', path: '/Users/AuthenticateByName', identity } as const;
      const body = { Username: 'admin', Pw: 'admin-pw-1' };
      const connection = { url: server.url, timeoutMs: 5_000 };
      const { text } = await sendToJellyfin(connection, { ...call, body });
      const token: string = JSON.parse(text).AccessToken;
      const path = `/QuickConnect/Authorize?code=${code}`;
      await sendToJellyfin(connection, { ...call, path, identity: { ...identity, token } });
    };
    const got = await getKey(
      server,
      { way: 'quick-connect', tellCode: (code) => void authorize(code) },
      { pauseMs: 50 },
    );
    expect(got).toMatchObject({ kind: 'got', administrator: 'admin' });
  });
});

describe('what Jellyfin keeps', () => {
  it('keeps all other settings of the network, and the keys of others', async () => {
    const { url } = await start({
      ...{ version: '12.0', apiKeys: ['root'], knownProxies: ['10.0.0.1'] },
    });
    const identity = { deviceId: 'd', version: '1', token: 'root' };
    const send = (call: Parameters<typeof sendToJellyfin>[1]) =>
      sendToJellyfin({ url, timeoutMs: 5_000 }, call);
    const administration = createAdministration({ send, identity });
    const network = async (): Promise<object> => {
      const { text } = await send({ method: 'GET', path: '/System/Configuration/network', identity });
      return JSON.parse(text);
    };
    const before = await network();
    await administration.addKnownProxy('172.18.0.0/16');
    expect(await network()).toEqual({ ...before, KnownProxies: ['10.0.0.1', '172.18.0.0/16'] });
    const keys = [await administration.makeKey('Gatehouse'), await administration.makeKey('Gatehouse')];
    expect(new Set(keys).size).toBe(2);
    await administration.deleteKey(keys[0] ?? '');
    expect(await administration.knownProxies()).toHaveLength(2);
  });

  it('makes no key where the sign-in is refused', async () => {
    const server = await start({ version: '10.11.11' });
    const refused = await getKey(server, { ...PASSWORD, password: 'wrong' });
    expect(refused).toEqual({
      kind: 'refused',
      says: 'Jellyfin does not know that name with that password.',
    });
  });
});

describe('finding Jellyfin', () => {
  it('takes the first address that is one, with its base path, and says what is wrong with another', async () => {
    const { url } = await start({ version: '10.11.11', baseUrl: '/jellyfin' });
    const origin = new URL(url).origin;
    expect(await findJellyfin(['http://127.0.0.1:1', origin, url])).toBe(url);
    expect(await findJellyfin(['http://127.0.0.1:1'])).toBeUndefined();
    expect(await lookAtJellyfin(origin)).toMatchObject({
      kind: 'not-usable',
      says: expect.stringContaining('base path'),
    });
  });
});
