import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMod } from '../../../injector/kit/define-mod.ts';
import { MODS } from '../../../injector/mods/all.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

const SMALLEST = 'jellyfin: { url: http://127.0.0.1:8096 }\n';
const WITH_RESET = `public: { url: https://media.example.org/jf/ }
jellyfin: { url: http://127.0.0.1:8096/jf/, apiKey: 0a1b2c3d }
mail: { url: smtp://mail.example.org, from: '"Films" <films@example.org>' }
`;

async function load(text: string | Buffer, mods = MODS) {
  const file = join(await tempFolder(), 'config.yaml');
  await writeFile(file, text);
  return loadConfig({ configPath: file, environment: {}, mods: modList(mods), channels: CHANNELS });
}

async function sentenceOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('was loaded', { cause: error });
  return error.problems.map(({ message }) => message).join('\n');
}

describe('loadConfig', () => {
  it('takes the data folder in place of an API key, relative to its own folder or where installations have it', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    const read = async (dataFolder: string) => {
      const jellyfin = `jellyfin: { url: http://127.0.0.1:8096, dataFolder: ${dataFolder} }\n`;
      await writeFile(file, `${WITH_RESET.replace(/^jellyfin.*\n/m, jellyfin)}reset: {}\n`);
      const environment = { JELLYFIN_DATA_DIR: '/srv/jf' };
      return loadConfig({ configPath: file, environment, mods: MOD_LIST, channels: CHANNELS });
    };
    const named = await read('./jf');
    expect(named.reset).toMatchObject({ apiKey: undefined });
    const own = { path: join(file, '../jf'), install: 'configured' };
    expect(named.jellyfin.dataFolder).toEqual({ isAuto: false, places: [own] });
    const found = (await read('auto')).jellyfin.dataFolder;
    expect(found?.isAuto).toBe(true);
    expect(found?.places[0]).toEqual({ path: '/srv/jf', install: 'JELLYFIN_DATA_DIR' });
  });

  it('makes a pure injector of nothing but jellyfin.url', async () => {
    const config = await load(SMALLEST);
    expect(config.jellyfin).toEqual({ url: 'http://127.0.0.1:8096', watchDataFolder: 'auto' });
    expect(config.listen).toEqual({ host: '0.0.0.0', port: 8097, trustedProxies: [] });
    expect([config.reset, config.publicUrl, config.enabledMods, config.log.level]).toEqual([
      undefined,
      undefined,
      {},
      'info',
    ]);
  });

  it('gives the reset service everything it needs, with defaults and no slash behind addresses', async () => {
    const { reset, jellyfin } = await load(`${WITH_RESET}reset: {}\n`);
    expect(jellyfin.url).toBe('http://127.0.0.1:8096/jf');
    expect(reset).toEqual({
      method: 'link',
      language: 'en',
      messages: { folder: expect.stringMatching(/\/messages$/), isNamed: false, files: [] },
      contacts: { unverified: 'use', delivery: 'first-that-works' },
      linkLifetimeMs: 1_800_000,
      password: { minLength: 8, maxLength: 256 },
      limits: {
        messagesPerAccountPerHour: 3,
        messagesPerAddressPerHour: 5,
        messagesPerHour: 1_000,
        requestsPerClientPerHour: 30,
        requestsPerHour: 1_000,
      },
      proofOfWork: { when: 'auto', hashes: 300_000 },
      administrators: 'allowed',
      endSessions: true,
      auditDays: 365,
      publicUrl: 'https://media.example.org/jf',
      apiKey: '0a1b2c3d',
      channels: {
        email: {
          url: 'smtp://mail.example.org',
          from: { name: 'Films', address: 'films@example.org' },
          requireTls: true,
        },
      },
    });
  });

  it.each([
    ['', undefined, undefined],
    ['loginThrottle: {}', 5, { resets: false }],
    ['loginThrottle: { enabled: false }', undefined, undefined],
    ['loginThrottle: { failures: 3 }\nmods: { login-throttle: false }', 3, undefined],
    ['loginThrottle: {}\nmods: { login-throttle: true }', 5, { resets: false }],
    [`${WITH_RESET}reset: {}\nmods: { login-throttle: true }`, 5, { resets: true }],
    [`${WITH_RESET}reset: {}`, 5, { resets: true }],
    [`${WITH_RESET}reset: {}\nloginThrottle: { enabled: false }`, undefined, undefined],
  ])('throttles sign-ins, and says so on the login page, with %j as asked', async (text, failures, mod) => {
    const config = await load(`${text.includes('jellyfin:') ? '' : SMALLEST}${text}\n`);
    expect(config.loginThrottle?.failures).toBe(failures);
    expect(config.enabledMods['login-throttle']).toEqual(mod);
  });

  it.each([
    ['reset: { method: link }', { show: 'check-your-messages', channels: ['mail'] }],
    ['reset: { method: account }', { show: 'account' }],
    ['reset: { method: pin }', { show: 'pin-page', channels: ['mail'] }],
    [
      'reset: { method: pin-link }\nmods: { forgot-password: true }',
      { show: 'pin-page', channels: ['mail'] },
    ],
    ['reset: { method: pin }\nmods: { forgot-password: { show: account } }', { show: 'account' }],
    ['reset: {}', { show: 'check-your-messages', channels: ['mail'] }],
    ['reset: { method: account }\nmods: { forgot-password: true }', { show: 'account' }],
    [
      'reset: {}\nmods: { forgot-password: { text: Ask Ada. } }',
      { text: 'Ask Ada.', show: 'check-your-messages', channels: ['mail'] },
    ],
    ['reset: {}\nmods: { forgot-password: { show: account } }', { show: 'account' }],
    ['reset: {}\nmods: { forgot-password: { show: hide } }', { show: 'hide' }],
    ['reset: {}\nmods: { forgot-password: false }', undefined],
  ])('fits the Forgot Password button to %j', async (text, expected) => {
    expect((await load(`${WITH_RESET}${text}\n`)).enabledMods['forgot-password']).toEqual(expected);
  });

  it('lets the button lead to another portal without any reset service', async () => {
    const config = await load(
      `${SMALLEST}mods: { forgot-password: { show: "https://portal.example.org/" } }\n`,
    );
    expect(config.enabledMods).toEqual({ 'forgot-password': { show: 'https://portal.example.org/' } });
  });

  it('leaves out mods that are false and gives the others their parsed options', async () => {
    const mods =
      'mods: { page-title: false, menu-links: { links: [{ name: A, url: "https://a.example.org" }] } }';
    expect((await load(`${SMALLEST}${mods}\n`)).enabledMods).toEqual({
      'menu-links': { links: [{ name: 'A', url: 'https://a.example.org', icon: 'link' }] },
    });
  });

  it('looks for the database beside the file, whatever folder the program runs in', async () => {
    const config = await load(`${SMALLEST}storage: data/gatehouse.db\n`);
    expect(config.storage).toBe(join(config.file, '..', 'data', 'gatehouse.db'));
    expect((await load(`${SMALLEST}storage: /var/lib/gatehouse.db\n`)).storage).toBe('/var/lib/gatehouse.db');
  });

  it('refuses two mods that change the same thing, and names them', async () => {
    const mods = ['first', 'second'].map((name) =>
      defineMod({
        name,
        title: `Say it ${name}`,
        jellyfin: '*',
        options: z.strictObject({}),
        example: {},
        hooks: () => ({ strings: { ButtonForgotPassword: { en: name } } }),
      }),
    );
    const error: unknown = await load(`${SMALLEST}mods:\n  first: true\n  second: true\n`, mods).catch(
      (reason) => reason,
    );
    expect(error instanceof ConfigError && error.problems).toMatchObject([
      {
        line: 4,
        column: 3,
        path: 'mods.second',
        message: expect.stringContaining('"ButtonForgotPassword", and so does first'),
      },
    ]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a byte order mark is no fault', Buffer.from(`\uFEFF${SMALLEST}`), undefined],
    ['Windows line ends are no fault', SMALLEST.replaceAll('\n', '\r\n'), undefined],
    [
      'an empty file',
      '',
      'is empty; the smallest useful file is one line: jellyfin: { url: http://127.0.0.1:8096 }',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${SMALLEST}`, 'utf16le'), 'is saved as UTF-16; save it as UTF-8'],
    ['Latin-1', Buffer.from(`# für\n${SMALLEST}`, 'latin1'), 'is not text in UTF-8; save it as UTF-8'],
    [
      'more than 1 MiB',
      `${SMALLEST}#${'x'.repeat(1024 * 1024)}`,
      'is larger than 1024 KiB; is this the right file?',
    ],
    ['brackets without end', '['.repeat(500_000), 'is nested too deeply to be a configuration'],
    ['lists without end', '- '.repeat(500_000), 'is nested too deeply to be a configuration'],
  ])('%s', async (_name, text, expected) => {
    const started = performance.now();
    if (expected === undefined) expect((await load(text)).jellyfin.url).toBe('http://127.0.0.1:8096');
    else expect(await sentenceOf(load(text))).toBe(expected);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('a folder', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'config.yaml'));
    const loading = loadConfig({
      configPath: join(folder, 'config.yaml'),
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
    });
    expect(await sentenceOf(loading)).toBe('is a folder; name the file in it');
  });

  it('a file that is not there', async () => {
    const loading = loadConfig({
      configPath: join(await tempFolder(), 'x.yaml'),
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
    });
    expect(await sentenceOf(loading)).toBe('does not exist; make it, or name another one with --config');
  });

  it('a symbolic link to itself', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await symlink('config.yaml', file);
    const loading = loadConfig({ configPath: file, environment: {}, mods: MOD_LIST, channels: CHANNELS });
    expect(await sentenceOf(loading)).toBe('is a symbolic link that leads in a circle');
  });

  it('a part of the path that is a file', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, SMALLEST);
    const loading = loadConfig({
      configPath: join(file, 'config.yaml'),
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
    });
    expect(await sentenceOf(loading)).toBe('does not exist: a part of its path is not a folder');
  });
});
