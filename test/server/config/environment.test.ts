import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const SMALLEST = 'jellyfin: { url: http://127.0.0.1:8096 }\n';

async function load(environment: Record<string, string>, text = SMALLEST) {
  const file = join(await tempFolder(), 'config.yaml');
  await writeFile(file, text);
  return loadConfig({ configPath: file, environment, mods: MOD_LIST, channels: CHANNELS });
}

async function problemsOf(environment: Record<string, string>, text?: string): Promise<string[]> {
  const error: unknown = await load(environment, text).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('was loaded', { cause: error });
  return error.message.split('\n');
}

async function secretFile(content: string): Promise<string> {
  const file = join(await tempFolder(), 'secret');
  await writeFile(file, content);
  return file;
}

describe('the environment', () => {
  it('wins over the file', async () => {
    const config = await load({
      GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096/',
      GATEHOUSE_LISTEN__PORT: '9000',
    });
    expect([config.jellyfin.url, config.listen.port]).toEqual(['http://jellyfin:8096', 9000]);
  });

  it.each([
    'GATEHOUSE_RESET__PASSWORD__MIN_LENGTH',
    'gatehouse_reset__password__minlength',
    'GATEHOUSE_RESET__PASS_WORD__MINLENGTH',
  ])('knows reset.password.minLength as %s', async (variable) => {
    const config = await load({
      GATEHOUSE_PUBLIC__URL: 'https://media.example.org',
      GATEHOUSE_JELLYFIN__API_KEY: '0123456789',
      GATEHOUSE_MAIL__URL: 'smtp://mail.example.org',
      GATEHOUSE_MAIL__FROM: 'a@example.org',
      [variable]: '12',
    });
    expect(config.reset?.password.minLength).toBe(12);
    expect(config.reset?.apiKey).toBe('0123456789');
  });

  it('reads text as text, and everything else as YAML', async () => {
    const config = await load({
      GATEHOUSE_LISTEN__TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8',
      GATEHOUSE_PUBLIC__URL: 'http://media.example.org',
      GATEHOUSE_PUBLIC__INSECURE: 'true',
      GATEHOUSE_MODS__PAGE_TITLE__TITLE: '2024: yes',
      GATEHOUSE_MODS__MENU_LINKS__LINKS: '[{ name: A, url: "https://a.example.org" }]',
      GATEHOUSE_MODS__LOGIN_NOTICE: '{ text: Hello }',
    });
    expect(config.listen.trustedProxies).toEqual(['10.0.0.0/8', 'fd00::/8']);
    expect(config.publicUrl).toBe('http://media.example.org');
    expect(config.enabledMods).toEqual({
      'login-notice': { text: 'Hello' },
      'page-title': { title: '2024: yes' },
      'menu-links': { links: [{ name: 'A', url: 'https://a.example.org', icon: 'link' }] },
    });
  });

  it('gives options to a mod the file only switches on or off', async () => {
    const config = await load(
      { GATEHOUSE_MODS__PAGE_TITLE__TITLE: 'Films' },
      `${SMALLEST}mods: { page-title: false }\n`,
    );
    expect(config.enabledMods).toEqual({ 'page-title': { title: 'Films' } });
  });

  it('takes a secret from a file, without the line end', async () => {
    const config = await load({ GATEHOUSE_JELLYFIN__API_KEY_FILE: await secretFile('0a1b2c3d\n') });
    expect(config.jellyfin.apiKey).toBe('0a1b2c3d');
  });

  it('counts an empty variable as not set', async () => {
    expect((await load({ GATEHOUSE_JELLYFIN__URL: '' })).jellyfin.url).toBe('http://127.0.0.1:8096');
  });

  it('minds nothing that Kubernetes or Docker links set for a service called gatehouse', async () => {
    const foreign = {
      GATEHOUSE_SERVICE_HOST: '10.0.0.1',
      GATEHOUSE_SERVICE_PORT: '8097',
      GATEHOUSE_SERVICE_PORT_HTTP: '8097',
      GATEHOUSE_PORT: 'tcp://10.0.0.1:8097',
      GATEHOUSE_PORT_8097_TCP: 'tcp://10.0.0.1:8097',
      GATEHOUSE_PORT_8097_TCP_ADDR: '10.0.0.1',
      GATEHOUSE_CONFIG: '/nowhere/config.yaml',
      PATH: '/bin',
    };
    expect((await load(foreign)).listen.port).toBe(8097);
  });
});

describe('a problem of the environment', () => {
  it('names the variable instead of a line', async () => {
    const text = `${SMALLEST}listen: { port: 99999 }\n`;
    expect(await problemsOf({ GATEHOUSE_LISTEN__PORT: '88888' }, text)).toEqual([
      'GATEHOUSE_LISTEN__PORT listen.port: must be at most 65535',
    ]);
    expect(await problemsOf({ GATEHOUSE_LISTEN__TRUSTED_PROXIES: '10.0.0.1,nginx' })).toEqual([
      'GATEHOUSE_LISTEN__TRUSTED_PROXIES listen.trustedProxies[1]: must be an IP address or a range such as 192.168.1.5, 10.0.0.0/8 or fd00::/8',
    ]);
  });

  it('is told together with those of the file', async () => {
    const problems = await problemsOf({ GATEHOUSE_LOG__LEVEL: 'loud' }, `${SMALLEST}listen: { prot: 1 }\n`);
    expect(problems).toEqual([
      expect.stringMatching(/config\.yaml:2:11 listen\.prot: is not a field; did you mean port\?$/),
      'GATEHOUSE_LOG__LEVEL log.level: must be trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  it.each([
    ['GATEHOUSE_JELLYFIN_URL', 'did you mean GATEHOUSE_JELLYFIN__URL?'],
    ['GATEHOUSE_JELLYFIN__APIKEE', 'did you mean GATEHOUSE_JELLYFIN__API_KEY?'],
    ['GATEHOUSE_MAIL_URL_FILE', 'did you mean GATEHOUSE_MAIL__URL_FILE?'],
    ['GATEHOUSE_MODS__PAGETITEL__TITLE', 'did you mean GATEHOUSE_MODS__PAGE_TITLE__TITLE?'],
    ['GATEHOUSE_PORT', 'did you mean GATEHOUSE_LISTEN__PORT?'],
    ['GATEHOUSE_JELYFIN', 'did you mean GATEHOUSE_JELLYFIN?'],
    ['GATEHOUSE_JELYFIN__KEY', 'did you mean GATEHOUSE_JELLYFIN__API_KEY?'],
    ['GATEHOUSE_JELYFIN__KEY_FILE', 'did you mean GATEHOUSE_JELLYFIN__API_KEY_FILE?'],
    ['GATEHOUSE_RESSET__PASWORD__LENGTH', 'did you mean GATEHOUSE_RESET__PASSWORD__MIN_LENGTH?'],
    [
      'GATEHOUSE_JELYFIN__X',
      'did you mean one of GATEHOUSE_JELLYFIN__URL, GATEHOUSE_JELLYFIN__CA_FILE, GATEHOUSE_JELLYFIN__API_KEY, GATEHOUSE_JELLYFIN__DATA_FOLDER, GATEHOUSE_JELLYFIN__WATCH_DATA_FOLDER?',
    ],
    ['GATEHOUSE_LANGUAGES', 'did you mean GATEHOUSE_LANGUAGE?'],
    ['GATEHOUSE_WHATEVER_ELSE', 'the form is GATEHOUSE_SECTION__FIELD, such as GATEHOUSE_JELLYFIN__URL'],
  ])('unknown %s: %s', async (variable, expected) => {
    expect(await problemsOf({ [variable]: '8097' })).toEqual([
      `${variable}: is no field of the configuration; ${expected}`,
    ]);
  });

  it('shows the address that a variable is a part of, without a password', async () => {
    const parts = {
      GATEHOUSE_MAIL__HOST: 'smtp.example.org',
      GATEHOUSE_MAIL__PORT: '465',
      GATEHOUSE_MAIL__PASSWORD_FILE: await secretFile('hunter2secret'),
    };
    const [first] = await problemsOf(parts);
    expect(first).toBe(
      'GATEHOUSE_MAIL__HOST: is no field of the configuration; it is a part of mail.url: GATEHOUSE_MAIL__URL=smtps://user:password@smtp.example.org:465',
    );
  });

  it('says why a secret cannot be read from its file, and repeats neither it nor the file', async () => {
    const folder = join(await tempFolder(), 'hunter2secret');
    await mkdir(folder);
    const problems = [
      ...(await problemsOf({ GATEHOUSE_MAIL__URL_FILE: join(folder, 'nothing') })),
      ...(await problemsOf({ GATEHOUSE_MAIL__URL_FILE: folder })),
      ...(await problemsOf({ GATEHOUSE_JELLYFIN__API_KEY_FILE: await secretFile('\n') })),
      ...(await problemsOf({ GATEHOUSE_JELLYFIN__API_KEY_FILE: await secretFile('hunter2secret and more') })),
      ...(await problemsOf({ GATEHOUSE_JELLYFIN__URL: 'hunter2secret' })),
    ];
    expect(problems).toEqual([
      'GATEHOUSE_MAIL__URL_FILE mail.url: names a file that does not exist',
      'GATEHOUSE_MAIL__URL_FILE mail.url: names a file that is a folder; name the file in it',
      'GATEHOUSE_JELLYFIN__API_KEY_FILE jellyfin.apiKey: names a file that is empty',
      'GATEHOUSE_JELLYFIN__API_KEY_FILE jellyfin.apiKey: must be the key as Jellyfin shows it (letters and digits only): Dashboard, API Keys',
      'GATEHOUSE_JELLYFIN__URL jellyfin.url: must be an http:// or https:// address such as http://127.0.0.1:8096',
    ]);
  });

  it('takes an empty file for not said where the configuration has the field, and refuses it where that is a placeholder or missing', async () => {
    const variables = { GATEHOUSE_JELLYFIN__API_KEY_FILE: await secretFile('\n') };
    const written = (key: string) => `jellyfin: { url: 'http://127.0.0.1:8096', apiKey: ${key} }\n`;
    expect((await load(variables, written('0a1b2c3d'))).jellyfin.apiKey).toBe('0a1b2c3d');
    for (const key of ['paste-the-key-here', "''"])
      expect(await problemsOf(variables, written(key))).toContain(
        'GATEHOUSE_JELLYFIN__API_KEY_FILE jellyfin.apiKey: names a file that is empty',
      );
  });

  it('refuses a value and a file for the same field', async () => {
    const environment = {
      GATEHOUSE_JELLYFIN__API_KEY: '0a1b2c3d',
      GATEHOUSE_JELLYFIN__API_KEY_FILE: await secretFile('0a1b2c3d'),
    };
    expect(await problemsOf(environment)).toEqual([
      'GATEHOUSE_JELLYFIN__API_KEY_FILE jellyfin.apiKey: sets the same field as GATEHOUSE_JELLYFIN__API_KEY; keep one',
    ]);
  });

  it('names the variable that began a section the file does not have', async () => {
    expect(await problemsOf({ GATEHOUSE_RESET__METHOD: 'link' })).toEqual([
      'GATEHOUSE_RESET__METHOD reset: needs public.url, jellyfin.apiKey (or jellyfin.dataFolder) and mail (or telegram, discord, matrix, webhook); add them, or remove reset to change the web client only',
    ]);
  });
});
