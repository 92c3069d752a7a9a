import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from './fake-jellyfin.ts';
import { authorization, createTestClient } from './test-client.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nours', 'latin1');

async function start(version: JellyfinVersion) {
  const users = [
    { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
    { name: 'alice', password: 'alice-pw-1' },
    { name: 'bob', password: 'bob-pw-1', mayChangeOwn: false },
  ];
  const fake = await createFakeJellyfin({ version, hashMs: 1, users });
  onTestFinished(() => fake.close());
  const client = createTestClient(fake);
  const post = async (by: string, path: string, type = 'image/png') => {
    const { token } = await client.login(by, `${by}-pw-1`, 'sender');
    const headers = { authorization: authorization('test', token), 'content-type': type };
    return fetch(fake.url + path, { method: 'POST', headers, body: PNG.toString('base64') });
  };
  const pathOf = (name: string) => `/Users/${fake.user(name).id}/Images/Primary`;
  return { fake, client, post, pathOf };
}

describe.each(JELLYFIN_VERSIONS)('pictures of users of a fake %s', (version) => {
  it('are sent as base64, have a tag in the user, are there for anybody who knows the id, and go again', async () => {
    const { fake, client, post, pathOf } = await start(version);
    const path = pathOf('alice');
    const { token } = await client.login('alice', 'alice-pw-1');
    const tag = async () =>
      ((await (await client.ask('GET', '/Users/Me', undefined, token)).json()) as Record<string, unknown>)[
        'PrimaryImageTag'
      ];
    expect([await tag(), (await fetch(fake.url + path)).status]).toEqual([undefined, 404]);
    expect((await post('alice', path)).status).toBe(204);
    expect(await tag()).toMatch(/^[0-9a-f]{32}$/);
    const seen = await fetch(fake.url + path);
    expect([seen.headers.get('content-type'), Buffer.from(await seen.arrayBuffer())]).toEqual([
      'image/png',
      PNG,
    ]);
    expect((await client.ask('DELETE', path, undefined, token)).status).toBe(204);
    expect(await tag()).toBeUndefined();
  });

  it('are changed by who may, and by administrators', async () => {
    const { post, pathOf } = await start(version);
    for (const by of ['alice', 'bob']) {
      const answer = await post(by, pathOf('bob'));
      expect([answer.status, await answer.text()]).toEqual([
        403,
        '"User is not allowed to update the image."',
      ]);
    }
    expect((await post('admin', pathOf('bob'))).status).toBe(204);
  });

  it('have a shorter way and a checked type from 10.9 on', async () => {
    const { post, pathOf } = await start(version);
    const isOld = version === '10.8.13';
    expect((await post('alice', '/UserImage')).status).toBe(isOld ? 404 : 204);
    expect((await post('alice', pathOf('alice'), 'text/plain')).status).toBe(isOld ? 204 : 400);
  });
});
