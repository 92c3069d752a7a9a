import { describe, expect, it, onTestFinished } from 'vitest';
import type { ArrivalWay } from '../../../injector/answers/status-port.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { examine } from '../../../server/doctor/doctor.ts';
import type { Finding } from '../../../server/doctor/finding.ts';
import { checkPublicClient } from '../../../server/doctor/public-client-check.ts';
import type { NginxMode } from '../../../server/reverse-proxy/nginx-choice.ts';
import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { freePort } from '../../support/network/free-port.ts';
import { generateNginx, startGeneratedNginx } from '../../support/network/generated-nginx.ts';
import { startNginx } from '../../support/network/nginx.ts';
import { createStage } from '../../support/program/gatehouse.ts';

/** Who asks, as nginx would see somebody far away. */
const GUEST = '198.51.100.9';
/** Where nginx would be in a network of containers. */
const CONTAINER = '172.18.0.5';

interface Wishes {
  readonly version?: JellyfinVersion;
  readonly knownProxies?: string[];
  /** Changes what nginx runs with. */
  readonly change?: (text: string) => string;
}

/** Gatehouse that runs behind the nginx of `gatehouse nginx`, to which all who ask are that guest. */
async function start(
  mode: NginxMode,
  { version = '10.11.11', knownProxies, change = (text) => text }: Wishes = {},
) {
  const subject = await createFakeSubject({ version, ...(knownProxies && { knownProxies }), hashMs: 1 });
  const stage = await createStage(subject, { trustedProxies: '127.0.0.1' });
  const text = await generateNginx(stage.configPath, mode);
  const nginx = await startGeneratedNginx(
    change(text.replaceAll('X-Forwarded-For $remote_addr', `X-Forwarded-For ${GUEST}`)),
  );
  onTestFinished(async () => {
    await nginx.close();
    await stage.close();
    await subject.close();
  });
  const publicUrl = `http://127.0.0.1:${nginx.port}`;
  await stage.reload({ trustedProxies: '127.0.0.1', publicUrl });
  const config = await loadConfig({
    configPath: stage.configPath,
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  });
  return { config, stage, publicUrl };
}

/** All of doctor's findings, and the one. */
async function findingOf(...started: Parameters<typeof start>): Promise<Finding & { publicUrl: string }> {
  const { config, publicUrl, stage } = await start(...started);
  const before = stage.log.events().length;
  const findings = await examine({ config, areOurPartsThere: true });
  expect(findings.find(({ name }) => name === 'reach')?.state).toBe('fine');
  // Nothing that is asked is refused in a way that leaves a line behind.
  expect(stage.log.events().slice(before)).not.toContain('request-refused');
  // What we write for nginx lets all of it through.
  const through = findings.filter(({ name }) =>
    ['public-jellyfin', 'websocket', 'upload-size'].includes(name),
  );
  expect(through.map(({ state }) => state)).toEqual(['fine', 'fine', 'fine']);
  const found = findings.find(({ name }) => name === 'public-client');
  if (found === undefined) throw new Error('nothing was said');
  expect(JSON.stringify(found)).not.toContain(config.jellyfin.apiKey);
  return { ...found, publicUrl };
}

describe('whom Jellyfin sees behind public.url', () => {
  it.each(['10.8.13', '10.11.11', '12.0'] as const)('is the guest both ways, on %s', async (version) => {
    const full = await findingOf('full', { version });
    expect([full.state, full.says]).toEqual([
      'fine',
      `${full.publicUrl} leads to Jellyfin through Gatehouse, and Jellyfin sees who asks (${GUEST}).`,
    ]);
    const split = await findingOf('split', { version });
    expect([split.state, split.says]).toEqual([
      'fine',
      `${split.publicUrl} leads films and calls straight to Jellyfin, which believes the proxy at 127.0.0.1 who asks, and sees each (${GUEST}).`,
    ]);
  });

  it('is somebody else where nginx tells Gatehouse alone', async () => {
    const silent = (text: string): string =>
      text
        .replace(/( {4}location \/ \{[\s\S]*?)X-Forwarded-For [\d.]+;/, '$1X-Forwarded-For $gatehouse_told;')
        .replace(
          'location / {',
          `set $gatehouse_told ""; if ($gatehouse_upstream = http://gatehouse) { set $gatehouse_told ${GUEST}; }\n    location / {`,
        );
    const found = await findingOf('split', { change: silent });
    expect(found).toMatchObject({
      state: 'failed',
      says: expect.stringContaining(`does not see there who asks: it takes ${GUEST} for somebody else`),
      fix: expect.stringMatching(/^Let the proxy send X-Forwarded-For to Jellyfin/),
    });
  });
});

describe('a proxy in another container', () => {
  const way: ArrivalWay = { peer: CONTAINER, client: GUEST, proxy: 'trusted', isEncrypted: true };

  it('is named where Jellyfin does not know it, with the line to write', async () => {
    const { config, publicUrl } = await start('split');
    expect(await checkPublicClient({ config, way, areWeBelieved: true })).toEqual({
      name: 'public-client',
      state: 'failed',
      says: `${publicUrl} leads films and calls straight to Jellyfin, which does not believe the proxy at ${CONTAINER} who asks: it takes every guest there for that proxy, mostly a person at home.`,
      fix: `In Jellyfin, open Dashboard, Networking, write ${CONTAINER} into Known proxies, save, and restart Jellyfin.`,
    });
  });

  it.each([
    ['by its address', [CONTAINER]],
    ['by its network', ['172.18.0.0/16']],
  ])('is fine where Jellyfin knows it %s', async (_what, known) => {
    const { config } = await start('split', { knownProxies: ['127.0.0.1', ...known] });
    const found = await checkPublicClient({ config, way, areWeBelieved: true });
    expect(found).toMatchObject({
      state: 'fine',
      says: expect.stringContaining(`the proxy at ${CONTAINER}`),
    });
  });

  it('is told apart outside the home network too, and believed where an old Jellyfin believes anybody', async () => {
    const { config } = await start('split', { knownProxies: ['127.0.0.1'] });
    const far = { ...way, peer: '192.0.2.80' };
    expect(await checkPublicClient({ config, way: far, areWeBelieved: true })).toMatchObject({
      state: 'failed',
      fix: expect.stringContaining('write 192.0.2.80 into Known proxies'),
    });
    const old = await start('split', { version: '10.9.11', knownProxies: [] });
    expect(await checkPublicClient({ config: old.config, way, areWeBelieved: true })).toMatchObject({
      state: 'fine',
    });
  });
});

it('asks nobody with the key before public.url is known to lead here', async () => {
  const { config } = await start('full');
  const way: ArrivalWay = { peer: '127.0.0.1', client: GUEST, proxy: 'trusted', isEncrypted: false };
  const ask = (parts: Partial<Parameters<typeof checkPublicClient>[0]>) =>
    checkPublicClient({ config, way, areWeBelieved: true, ...parts });
  const { apiKey: _, ...keyless } = config.jellyfin;
  for (const [parts, why] of [
    [{ config: { ...config, jellyfin: keyless } }, 'jellyfin.apiKey'],
    [{ way: undefined }, 'must lead here first'],
    [{ way: { ...way, proxy: 'unnamed' } }, 'must lead here first'],
    [{ areWeBelieved: false }, 'Jellyfin must believe Gatehouse first'],
    [{ config: { ...config, publicUrl: `http://127.0.0.1:${await freePort()}` } }, 'while Gatehouse runs'],
  ] as const) {
    expect(await ask(parts as Parameters<typeof ask>[0])).toMatchObject({
      state: 'skipped',
      says: expect.stringContaining(why),
    });
  }
  expect(await ask({ way: { ...way, proxy: 'none-seen' } })).toBeUndefined();
  const strange = await startNginx('location / { return 403; }');
  onTestFinished(() => strange.close());
  const elsewhere = { ...config, publicUrl: `http://127.0.0.1:${strange.port}` };
  expect(await ask({ config: elsewhere })).toMatchObject({ says: expect.stringContaining('cannot be told') });
});
