import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Half } from '../../../server/config/config.ts';
import { readConfig } from '../../../server/config/load.ts';
import { ConfigError, formatProblems } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const SECRET = 'service: { secret: 0123456789abcdef0123456789abcdef';
const RESET = `reset: { method: link }
mail: { url: smtp://mail.example.org, from: films@example.org }
`;
const jellyfin = (url: string, more = '') => `jellyfin: { url: '${url}', apiKey: 0a1b2c3d${more} }\n`;
const people = (url: string) => `public: { url: '${url}' }\n`;

/** What is said of a file: errors as they are printed, or warnings behind `warning: `. */
async function saidOf(text: string, only?: Half): Promise<string[]> {
  const folder = await tempFolder();
  const file = join(folder, 'config.yaml');
  await writeFile(file, text);
  const plain = (lines: string) => lines.replaceAll(`${folder}/`, '').split('\n');
  try {
    const { warnings } = await readConfig({
      configPath: file,
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
      only,
    });
    return warnings.map((one) => `warning: ${plain(formatProblems([one]))[0]}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return plain(error.message);
  }
}

describe('the path of public.url and the base path of jellyfin.url', () => {
  it.each([
    // Nothing is between: what people write reaches us as it is.
    ['http://127.0.0.1:8096/jf', 'http://127.0.0.1:8097', 'config.yaml:3:16 public.url: must end with the'],
    ['http://127.0.0.1:8096', 'http://localhost:8097/jf', 'config.yaml:3:16 public.url: has a path that'],
    ['unix:/run/jf.sock:/jf', 'http://[::1]:8097', 'config.yaml:3:16 public.url: must end with the'],
    // A proxy in front may add the path, though nobody means it so.
    ['http://j:8096/jf', 'https://media.example.org', 'warning: config.yaml:3:11 public.url: does not end'],
    ['http://j:8096/jf', 'https://media.example.org/x', 'warning: config.yaml:3:11 public.url: does not end'],
  ])('%s and %s do not fit', async (inside, outside, expected) => {
    const said = await saidOf(`listen: {}\n${jellyfin(inside)}${people(outside)}${RESET}`);
    expect(said).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['http://127.0.0.1:8096/jf', 'http://127.0.0.1:8097/jf/'],
    ['http://j:8096/jf', 'https://media.example.org/JF'],
    ['unix:/run/jf.sock:/jf', 'https://media.example.org/jf'],
    // A proxy in front strips what is before the base path.
    ['http://j:8096', 'https://media.example.org/films'],
    ['http://j:8096/jf', 'https://media.example.org/films/jf'],
  ])('%s and %s fit', async (inside, outside) => {
    expect(await saidOf(`${jellyfin(inside)}${people(outside)}${RESET}`)).toEqual([]);
  });

  it('are only doubtful where a proxy is named, even on this machine', async () => {
    const listen = 'listen: { trustedProxies: [127.0.0.1] }\n';
    const said = await saidOf(
      `${listen}${jellyfin('http://j:8096/jf')}${people('http://127.0.0.1:8097')}${RESET}`,
    );
    expect(said).toEqual([expect.stringMatching(/^warning: .*public\.url: does not end with the base path/)]);
  });
});

describe('an address that was copied from the browser', () => {
  it.each([
    ['https://media.example.org/web/index.html', '/web'],
    ['https://media.example.org/web/', '/web'],
    ['https://media.example.org/jf/web', '/web'],
    ['https://media.example.org/gatehouse/account', '/gatehouse'],
  ])('%s ends too late', async (url, page) => {
    expect(await saidOf(`${jellyfin('http://j:8096')}${people(url)}${RESET}`)).toEqual([
      expect.stringMatching(
        `^config\\.yaml:2:16 public\\.url: must be the address before the pages of .*; remove ${page} and what is behind it$`,
      ),
    ]);
  });

  it('ends too late as jellyfin.url as well', async () => {
    expect(await saidOf(jellyfin('http://j:8096/web/index.html'))).toEqual([
      "config.yaml:1:18 jellyfin.url: must be the address before the pages of Jellyfin's web client; remove /web and what is behind it",
    ]);
  });
});

describe('settings that nothing uses', () => {
  it('are named where there is no reset, and where they stand', async () => {
    const text = `jellyfin:
  url: http://j:8096
  dataFolder: /config
mail: { url: smtp://mail.example.org, from: films@example.org }
storage: ./films.db
${SECRET} }
`;
    const sentence =
      'is for the password reset service, and there is none; add `reset: { method: link }`, or remove it';
    expect(await saidOf(text)).toEqual([
      `warning: config.yaml:3:3 jellyfin.dataFolder: ${sentence}`,
      `warning: config.yaml:4:1 mail: ${sentence}`,
      `warning: config.yaml:5:1 storage: ${sentence}`,
      `warning: config.yaml:6:1 service: ${sentence}`,
    ]);
  });

  it.each([
    [jellyfin('http://j:8096', ', caFile: ca.pem'), 'jellyfin.caFile: is used by nothing: jellyfin.url does'],
    [
      jellyfin('unix:/run/jf.sock', ', caFile: ca.pem'),
      'jellyfin.caFile: is used by nothing: jellyfin.url does',
    ],
    [jellyfin('http://j:8096', ', watchDataFolder: poll'), 'jellyfin.watchDataFolder: changes nothing'],
    [
      `${jellyfin('http://j:8096')}${people('https://m.example.org')}${RESET}${SECRET}, url: 'http://reset:8098', caFile: ca.pem }\n`,
      'service.caFile: is used by nothing: service.url does',
    ],
    [
      `${jellyfin('http://j:8096')}${people('https://m.example.org')}${RESET.replace('smtp://mail.example.org', "'smtps://mail.example.org', requireTls: false")}`,
      'mail.requireTls: changes nothing: smtps:// always is TLS',
    ],
  ])('%j: %s', async (text, expected) => {
    expect(await saidOf(text)).toEqual([expect.stringContaining(expected)]);
  });

  it('are not the authority of a server that is reached by https', async () => {
    expect(await saidOf(jellyfin('https://j:8920', ', caFile: ca.pem'))).toEqual([]);
  });
});

describe('addresses that lead to the wrong server', () => {
  const withReset = `${people('https://m.example.org')}${RESET}`;
  it.each<[string, string, Half | undefined]>([
    [
      jellyfin('http://localhost:8097'),
      'config.yaml:1:18 jellyfin.url: is the address of Gatehouse',
      undefined,
    ],
    [
      `listen: { host: '127.0.0.1', port: 8096 }\n${jellyfin('http://127.0.0.1:8096')}`,
      'config.yaml:2:18 jellyfin.url: is the address of Gatehouse itself (listen.port)',
      undefined,
    ],
    [
      `${jellyfin('https://m.example.org')}${withReset}`,
      'warning: config.yaml:1:13 jellyfin.url: is the address people use',
      undefined,
    ],
    [
      `${jellyfin('http://j:8096')}${people('https://0.0.0.0:8097')}${RESET}`,
      'config.yaml:2:16 public.url: must be an address that can be opened',
      undefined,
    ],
    [
      `listen: { tls: { certFile: a, keyFile: b } }\n${jellyfin('http://j:8096')}${people('http://127.0.0.1:8097')}${RESET}`,
      'config.yaml:3:16 public.url: begins with http://, and with listen.tls Gatehouse speaks https',
      undefined,
    ],
    [
      `${jellyfin('http://j:8096')}${people('https://localhost:8097')}${RESET}`,
      'config.yaml:2:16 public.url: begins with https://, and Gatehouse speaks http on that port',
      undefined,
    ],
    [
      `${jellyfin('http://j:8096')}${withReset}${SECRET}, url: 'http://127.0.0.1:8097' }\n`,
      'service.url: is the address of this injector itself (listen.port)',
      'injector',
    ],
    [
      `${jellyfin('http://j:8096')}${withReset}${SECRET}, listen: { port: 8097 } }\n`,
      'warning: config.yaml:5:64 service.listen.port: is the port of listen.port too',
      undefined,
    ],
    [
      `${jellyfin('http://j:8096')}${withReset}${SECRET}, url: 'https://127.0.0.1:8098', listen: { host: 127.0.0.1 } }\n`,
      'service.url: begins with https://, and the reset service speaks http there',
      'injector',
    ],
    [
      `${jellyfin('http://j:8096')}${withReset.replace('method: link', "method: link, externalAccounts: 'https://m.example.org/gatehouse/account'")}`,
      'reset.externalAccounts: leads back to Gatehouse',
      undefined,
    ],
    [
      `${jellyfin('http://j:8096')}cache: { folder: gatehouse.db }\n`,
      'config.yaml:2:18 cache.folder: is the file of the database (storage)',
      undefined,
    ],
  ])('%j: %s', async (text, expected, only) => {
    expect(await saidOf(text, only)).toEqual([expect.stringContaining(expected)]);
  });

  it('are told from a Jellyfin on another address of this machine, or another port', async () => {
    const listen = "listen: { host: '192.168.1.5' }\n";
    expect(await saidOf(`${listen}${jellyfin('http://127.0.0.1:8097')}`)).toEqual([]);
    expect(await saidOf(jellyfin('http://127.0.0.1:8096'))).toEqual([]);
  });
});

describe('a second channel for administrators', () => {
  const people = (more: string) => `${jellyfin('http://j:8096')}public: { url: 'https://media.example.org' }
reset: { administrators: second-channel }
mail: { url: smtp://mail.example.org, from: films@example.org }
${more}`;

  it('is doubtful where there is one channel', async () => {
    expect(await saidOf(people(''))).toEqual([
      expect.stringContaining('warning: config.yaml:3:10 reset.administrators: lets no administrator reset'),
    ]);
  });

  it('fits where there are two', async () => {
    const telegram = "telegram: { token: '123456:abcdefghijklmnopqrstuvwxyzABCDE' }\n";
    expect(await saidOf(people(telegram))).toEqual([]);
  });
});
