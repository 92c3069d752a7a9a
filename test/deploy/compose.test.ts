import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import type { Half } from '../../server/config/config.ts';
import { loadConfig } from '../../server/config/load.ts';
import { type ComposeFile, readCompose } from '../support/deploy/compose.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { tryNginxConfig } from '../support/network/nginx.ts';
import { runProgram } from '../support/program/program.ts';
import { ROOT } from '../support/runner/projects.ts';

const SECRETS: Readonly<Record<string, string>> = {
  'jellyfin-api-key': '0a1b2c3d',
  'mail-url': 'smtp://films:secret@mail.example.com:587',
  service: '0123456789abcdef0123456789abcdef',
};

/** Our loader's view of a service: its environment, and the secrets it is given, and no other. */
async function configOf(file: ComposeFile, name: string, only?: Half, text = 'log: { level: info }\n') {
  const { environment = {}, secrets = [] } = file.services[name] ?? { image: '' };
  const folder = await tempFolder();
  for (const { source } of secrets) await writeFile(join(folder, source), `${SECRETS[source]}\n`);
  const here = Object.entries(environment).map(([key, value]) => [
    key,
    value.replace('/run/secrets', folder),
  ]);
  const configPath = join(folder, 'config.yaml');
  await writeFile(configPath, text);
  const options = { environment: Object.fromEntries(here), mods: MOD_LIST, channels: CHANNELS, only };
  return loadConfig({ configPath, ...options });
}

let one: ComposeFile;
let two: ComposeFile;

beforeAll(() => {
  one = readCompose('compose.yaml');
  two = readCompose('compose.split.yaml', {
    PUBLIC_URL: 'https://media.example.com',
    MAIL_FROM: 'films@example.com',
  });
});

describe('deploy/compose.yaml', () => {
  it('has Jellyfin, Gatehouse and nginx, of which nginx alone is reached from outside', () => {
    expect(Object.keys(one.services).sort()).toEqual(['gatehouse', 'jellyfin', 'nginx']);
    const published = Object.entries(one.services).filter(([, { ports = [] }]) => ports.length > 0);
    expect(published.map(([name]) => name)).toEqual(['nginx']);
    expect(JSON.stringify(one.services['nginx']?.ports)).toMatch(/8097.*80/);
    expect(one.services['gatehouse']?.build).toMatchObject({
      dockerfile: 'deploy/Dockerfile',
      context: ROOT,
    });
  });

  it('gives Gatehouse a configuration that it takes, with nginx as the proxy it believes', async () => {
    const rest = `public: { url: https://media.example.com }
reset: {}
mail: { url: smtp://mail.example.com, from: films@example.com }
`;
    const config = await configOf(one, 'gatehouse', undefined, rest);
    expect(config.jellyfin).toMatchObject({
      url: 'http://jellyfin:8096',
      apiKey: SECRETS['jellyfin-api-key'],
    });
    const { networks } = one.services['nginx'] ?? {};
    expect(config.listen.trustedProxies).toEqual([networks?.['media']?.ipv4_address]);
  });
});

describe('deploy/compose.split.yaml', () => {
  it('gives each half a configuration that it takes', async () => {
    const injector = await configOf(two, 'gatehouse', 'injector');
    const reset = await configOf(two, 'reset', 'reset');
    expect(injector.remoteReset).toMatchObject({ url: 'http://reset:8098', secret: SECRETS['service'] });
    expect(reset.resetListener).toMatchObject({
      secret: SECRETS['service'],
      listen: { port: 8098, host: '0.0.0.0' },
    });
    expect(reset.reset).toMatchObject({ apiKey: SECRETS['jellyfin-api-key'] });
    expect(two.services['gatehouse']?.command).toEqual(['serve', '--only', 'injector']);
    expect(two.services['reset']?.command).toEqual(['serve', '--only', 'reset']);
  });

  it('keeps key, mail password and database from the half that people talk to', () => {
    expect(two.services['gatehouse']?.secrets).toEqual([{ source: 'service' }]);
    expect(two.services['gatehouse']?.volumes).not.toEqual(two.services['reset']?.volumes);
    expect(two.services['reset']?.ports ?? []).toEqual([]);
    expect(two.networks['line']).toEqual({ internal: true });
  });

  it('says what is missing in .env', () => {
    expect(() => readCompose('compose.split.yaml')).toThrow(/say in \.env/);
  });
});

it('no service of ours may write to its image or has more rights than it takes to become PUID', () => {
  for (const file of [one, two]) {
    for (const [name, service] of Object.entries(file.services)) {
      if (!service.image.startsWith('gatehouse:')) continue;
      expect([name, service]).toMatchObject([
        name,
        { read_only: true, cap_drop: ['ALL'], cap_add: ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'] },
      ]);
    }
  }
});

it('the version of the image is that of the program', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const images = [one, two].flatMap((file) => Object.values(file.services).map(({ image }) => image));
  expect(new Set(images.filter((image) => image.startsWith('gatehouse:')))).toEqual(
    new Set([`gatehouse:${version}`]),
  );
});

describe('deploy/nginx/gatehouse.conf', () => {
  it('is what gatehouse nginx prints for the service gatehouse', async () => {
    const folder = await tempFolder();
    await writeFile(
      join(folder, 'config.yaml'),
      'listen: { trustedProxies: [172.31.97.2] }\njellyfin: { url: http://jellyfin:8096 }\n',
    );
    const where = ['--mode', 'full', '--gatehouse', 'http://gatehouse:8097', '--server-name', '_'];
    const { out } = await runProgram(folder, 'nginx', ...where);
    expect(await readFile(join(ROOT, 'deploy/nginx/gatehouse.conf'), 'utf8')).toBe(out);
  });

  it('is taken by nginx', async () => {
    const text = await readFile(join(ROOT, 'deploy/nginx/gatehouse.conf'), 'utf8');
    // Names of containers are known between them only.
    const here = text
      .replaceAll('server gatehouse:8097', 'server 127.0.0.1:8097')
      .replace(/proxy_cache_path \S+/, 'proxy_cache_path cache')
      .replace(/^ *listen \[::\]:80;\n/m, '');
    const said = await tryNginxConfig((port) => here.replace('listen 80;', `listen 127.0.0.1:${port};`));
    expect(said).toContain('test is successful');
  });
});
