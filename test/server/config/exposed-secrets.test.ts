import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { findExposedFiles } from '../../../server/config/exposed-secrets.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { MAIN } from '../../support/program/doctor-fixture.ts';

const KEY = '0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d';

async function configOf(text: string, mode: number, environment: Record<string, string> = {}) {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(configPath, text);
  await writeFile(join(folder, 'key.pem'), 'a key');
  await chmod(configPath, mode);
  const config = await loadConfig({ configPath, environment, mods: MOD_LIST, channels: CHANNELS });
  return { folder, config };
}

const WITH_KEY = `jellyfin: { url: 'http://127.0.0.1:8096', apiKey: ${KEY} }\n`;
const WITHOUT = "jellyfin: { url: 'http://127.0.0.1:8096' }\n";

describe('a configuration with secrets that every user of the machine may read', () => {
  it('is found, and one that only its owner and a group may read is not', async () => {
    const { folder, config } = await configOf(WITH_KEY, 0o644);
    expect(await findExposedFiles(config)).toEqual([
      { file: join(folder, 'config.yaml'), holds: 'passwords or keys' },
    ]);
    expect(await findExposedFiles((await configOf(WITH_KEY, 0o640)).config)).toEqual([]);
  });

  it('is none where the secrets are elsewhere', async () => {
    const { config } = await configOf(WITHOUT, 0o644, { GATEHOUSE_JELLYFIN__API_KEY: KEY });
    expect(config.jellyfin.apiKey).toBe(KEY);
    expect(await findExposedFiles(config)).toEqual([]);
  });

  it('can be the key of a certificate, too', async () => {
    const lines = `${WITHOUT}listen: { tls: { certFile: cert.pem, keyFile: key.pem } }\n`;
    const { folder, config } = await configOf(lines, 0o644);
    await chmod(join(folder, 'key.pem'), 0o604);
    expect(await findExposedFiles(config)).toEqual([
      { file: join(folder, 'key.pem'), holds: 'the key of the certificate' },
    ]);
    await chmod(join(folder, 'key.pem'), 0o600);
    expect(await findExposedFiles(config)).toEqual([]);
  });

  it('can be a file with a secret that a channel names, too', async () => {
    const lines = `jellyfin: { url: http://127.0.0.1:8096 }
public: { url: https://media.example.org }
reset: {}
mail:
  from: a@example.org
  provider: gmail
  caFile: key.pem
  oauth2: { user: a, clientId: c, tokenUrl: https://x.example/token, refreshTokenFile: token }
`;
    const folder = await tempFolder();
    const configPath = join(folder, 'config.yaml');
    await writeFile(configPath, lines);
    await writeFile(join(folder, 'token'), 'hunter2-token');
    await chmod(join(folder, 'token'), 0o644);
    const environment = { GATEHOUSE_JELLYFIN__API_KEY: KEY };
    const config = await loadConfig({ configPath, environment, mods: MOD_LIST, channels: CHANNELS });
    expect(await findExposedFiles(config)).toEqual([
      { file: join(folder, 'token'), holds: 'a key or a token' },
    ]);
    await chmod(join(folder, 'token'), 0o600);
    expect(await findExposedFiles(config)).toEqual([]);
  });

  it('is a warning of check and doctor, named once with what to do, and no failure', async () => {
    const { folder } = await configOf(WITH_KEY, 0o644);
    const check = await run('check', folder);
    // What listens at the usual address of Jellyfin on this machine is nobody's business here.
    expect(check).toMatchObject({ code: 0, out: expect.stringMatching(/^config\.yaml is fine\n/) });
    expect(check.err).toMatch(/^warning: \S+config\.yaml holds passwords or keys, .* \(chmod o-r\)/);
    const doctor = await run('doctor', folder);
    expect(doctor.out).toMatch(/^! config-rights {4}\S+ holds passwords or keys.*\n +→ .*\(chmod o-r\)/m);
    const file = join(folder, 'config.yaml');
    const rights = doctor.out.slice(doctor.out.indexOf('! config-rights'));
    for (const said of [check.err, rights]) expect(said.split(file)).toHaveLength(2);
    for (const text of Object.values({ ...check, ...doctor })) expect(String(text)).not.toContain(KEY);
  });

  it('is told of in the log of a start, once', async () => {
    const { folder } = await configOf(`${WITH_KEY}listen: { host: 127.0.0.1, port: 0 }\n`, 0o644);
    const running = execFile(process.execPath, [MAIN, 'serve'], { cwd: folder, env: bareEnvironment() });
    try {
      const line = await new Promise<string>((resolve) => {
        let seen = '';
        running.stdout?.on('data', (part) => {
          seen += String(part);
          const found = seen.split('\n').find((one) => one.includes('secrets-exposed'));
          if (found?.endsWith('}')) resolve(found);
        });
      });
      expect(line.split(join(folder, 'config.yaml'))).toHaveLength(2);
      expect(JSON.parse(line)).toMatchObject({
        level: 'warn',
        event: 'secrets-exposed',
        file: join(folder, 'config.yaml'),
        fix: expect.stringContaining('chmod o-r'),
      });
    } finally {
      running.kill('SIGKILL');
    }
  });
});

function bareEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_')));
}

function run(command: string, cwd: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, command],
      { cwd, env: { ...bareEnvironment(), NO_COLOR: '1' }, timeout: 30_000 },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}
