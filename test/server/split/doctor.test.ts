import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { examine } from '../../../server/doctor/doctor.ts';
import { freePort } from '../../support/network/free-port.ts';
import { admit, runDoctor } from '../../support/program/doctor-fixture.ts';
import { openSplitStage } from '../../support/program/split-stage.ts';

const SECRET = 'a-secret-of-at-least-32-characters-1';

async function examineHalf(configPath: string, only: 'injector' | 'reset') {
  const config = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS, only });
  const findings = await examine({ config, areOurPartsThere: true });
  return new Map(findings.map((finding) => [finding.name, finding]));
}

describe('doctor looks at one half', () => {
  it('the injector: the way to the reset service, and nothing of what that needs', async () => {
    const stage = await openSplitStage();
    const names = [...(await examineHalf(stage.configPath, 'injector')).keys()];
    expect(names).toEqual(expect.arrayContaining(['port', 'jellyfin', 'known-proxies', 'reset-service']));
    expect(names.filter((name) => ['mail', 'storage', 'contacts'].includes(name))).toEqual([]);
    const seen = async () => (await examineHalf(stage.configPath, 'injector')).get('reset-service');
    expect(await seen()).toMatchObject({ state: 'fine' });
    await stage.house.stopReset();
    expect(await seen()).toMatchObject({ state: 'failed', says: expect.stringMatching(/ECONNREFUSED/) });
  });

  it('the reset service: its own port, its mail and its database', async () => {
    const stage = await openSplitStage();
    const findings = await examineHalf(stage.configPath, 'reset');
    expect(findings.get('port')?.says).toMatch(/This Gatehouse is listening on 127\.0\.0\.1/);
    expect([findings.get('mail')?.state, findings.get('storage')?.state]).toEqual(['fine', 'fine']);
    expect(findings.get('api-key')?.state).toBe('fine');
    expect(findings.has('known-proxies')).toBe(false);
  });

  it('the reset service with a key that Jellyfin refuses says so, in doctor and on its health page', async () => {
    const stage = await openSplitStage({ jellyfin: 'apiKey: not-a-key-of-this-jellyfin' });
    const findings = await examineHalf(stage.configPath, 'reset');
    expect(findings.get('api-key')?.state).toBe('failed');
    const where = /127\.0\.0\.1:\d+/.exec(findings.get('port')?.says ?? '')?.[0];
    const healthOf = async () => (await fetch(`http://${where}/gatehouse/health`)).json();
    await expect.poll(healthOf).toMatchObject({ jellyfin: { apiKey: expect.stringMatching(/^refused: /) } });
    expect(stage.log.events()).toContain('api-key-refused');
  });

  it('the reset service: which setting to change when its port is taken', async () => {
    const stage = await openSplitStage();
    const listening = (await examineHalf(stage.configPath, 'reset')).get('port')?.says;
    await stage.house.stopReset();
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => {
      other.listen(Number(/:(\d+)/.exec(listening ?? '')?.[1]), '127.0.0.1', resolve);
    });
    expect((await examineHalf(stage.configPath, 'reset')).get('port')).toMatchObject({
      state: 'failed',
      fix: 'Stop it, or choose another service.listen.port.',
    });
  });

  it('by --only, without showing the secret', async () => {
    const { folder, jellyfin } = await admit();
    const text = `listen: { host: 127.0.0.1, port: ${await freePort()} }
jellyfin: { url: '${jellyfin.url}' }
reset: { method: link }
service: { url: 'http://127.0.0.1:${await freePort()}', secret: ${SECRET} }
`;
    await writeFile(join(folder, 'config.yaml'), text);
    const { code, out, err } = await runDoctor(['--only', 'injector'], folder);
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ reset-service +The reset service at http:\/\/127\.0\.0\.1:\d+: it cannot be reached/,
    );
    expect(out).not.toContain(SECRET);
    expect((await runDoctor(['--only', 'both'], folder)).err).toContain('--only takes injector or reset');
  });
});
