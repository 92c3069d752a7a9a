import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Config } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { checkReach } from '../../../server/doctor/reach-check.ts';
import { createGatehouse } from '../../../server/program/gatehouse.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { freePort } from '../../support/network/free-port.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { startNginx } from '../../support/network/nginx.ts';
import { admit } from '../../support/program/doctor-fixture.ts';

const FORWARDING = 'proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Host $http_host;';

/** A configuration whose public address is that of an nginx in front of where Gatehouse is to listen. */
async function behindNginx(trustedProxies: string[], lines = FORWARDING): Promise<Config> {
  const port = await freePort();
  const nginx = await startNginx(`location / { proxy_pass http://127.0.0.1:${port}; ${lines} }`);
  onTestFinished(() => nginx.close());
  return configOf({
    listen: `{ host: 127.0.0.1, port: ${port}, trustedProxies: [${trustedProxies.join()}] }`,
    public: `{ url: 'http://127.0.0.1:${nginx.port}' }`,
  });
}

async function configOf(lines: Record<string, string>): Promise<Config> {
  const { folder } = await admit({ lines, hasContacts: false });
  const configPath = join(folder, 'config.yaml');
  return loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
}

/** Runs a Gatehouse of that configuration. */
async function run(config: Config): Promise<void> {
  const gatehouse = createGatehouse({ mods: MOD_LIST, webFolder: 'dist', log: createLogLines().log });
  await gatehouse.apply(config);
  await gatehouse.listen(config.listen.host, config.listen.port);
  onTestFinished(() => gatehouse.close());
}

describe.each([
  ['a Gatehouse that runs', run],
  ['the place where none runs yet', async () => undefined],
])('whether public.url leads to %s', (_what, begin) => {
  it('names the proxy by which it was reached, where that one is trusted', async () => {
    const config = await behindNginx(['127.0.0.1']);
    await begin(config);
    expect((await checkReach(config))?.finding).toEqual({
      name: 'reach',
      state: 'fine',
      says: `${config.publicUrl} leads to this Gatehouse, by the proxy 127.0.0.1, which tells who asks.`,
    });
  });

  it('names the line to write where the proxy is not in trustedProxies', async () => {
    const config = await behindNginx([]);
    await begin(config);
    expect((await checkReach(config))?.finding).toMatchObject({
      state: 'failed',
      says: expect.stringContaining(
        'leads to this Gatehouse by 127.0.0.1, which is not in listen.trustedProxies',
      ),
      fix: expect.stringContaining("listen: { trustedProxies: ['127.0.0.1'] }"),
    });
  });

  it('says that a trusted proxy hides its clients', async () => {
    const config = await behindNginx(['127.0.0.1'], 'proxy_set_header X-Forwarded-Proto https;');
    await begin(config);
    expect((await checkReach(config))?.finding).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('which does not tell who asks'),
      fix: expect.stringContaining('X-Forwarded-For'),
    });
  });

  it('sees no proxy where there is none', async () => {
    const port = await freePort();
    const config = await configOf({
      listen: `{ host: 127.0.0.1, port: ${port} }`,
      public: `{ url: 'http://127.0.0.1:${port}' }`,
    });
    await begin(config);
    expect((await checkReach(config))?.finding).toMatchObject({
      state: 'fine',
      says: expect.stringContaining('no proxy in front is seen'),
    });
  });

  it('tells another server, a redirect, another Gatehouse and nobody from this one', async () => {
    const other = createServer((_request, response) => void response.writeHead(302, { Location: '/' }).end());
    onTestFinished(() => shut(other));
    const port = await listen(other);
    const config = await configOf({ public: `{ url: 'http://127.0.0.1:${port}' }` });
    await begin(config);
    expect((await checkReach(config))?.finding).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('is not this Gatehouse (status 302)'),
    });
    const foreign = await configOf({
      metrics: '{ token: another-token-of-some-length }',
      jellyfin: "{ url: 'http://127.0.0.1:9' }",
      reset: '',
      mail: '',
    });
    await run(foreign);
    expect((await checkReach({ ...config, publicUrl: foreign.publicUrl }))?.finding).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('is not this Gatehouse (status 404)'),
    });
    const gone = await checkReach({ ...config, publicUrl: `http://127.0.0.1:${await freePort()}` });
    expect(gone?.finding).toMatchObject({ state: 'failed', says: expect.stringContaining('(ECONNREFUSED)') });
  });
});

it('tells nobody how they came who does not have the key', async () => {
  const config = await behindNginx([]);
  await run(config);
  const ask = (question?: string) =>
    fetch(`${config.publicUrl}/gatehouse/health/reach`, {
      headers: question === undefined ? {} : { 'X-Gatehouse-Reach': question },
    });
  for (const question of [undefined, 'x', `${'0'.repeat(32)}.${'0'.repeat(64)}`]) {
    const answer = await ask(question);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  }
});

it('says where a Gatehouse runs that cannot be known again, and leaves its port alone', async () => {
  const config = await configOf({ jellyfin: "{ url: 'http://127.0.0.1:9' }", reset: '', mail: '' });
  await run(config);
  expect((await checkReach(config))?.finding).toMatchObject({
    state: 'skipped',
    says: expect.stringContaining('set metrics.token'),
  });
});
