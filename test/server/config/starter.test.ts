import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { STARTER, writeStarter } from '../../../server/config/starter.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

async function load(text: string, environment: Record<string, string> = {}) {
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(configPath, text);
  return loadConfig({ configPath, environment, mods: MOD_LIST, channels: CHANNELS });
}

/** What an admin would write in the places of what is to be filled in. */
const OWN = {
  'paste-the-address-of-jellyfin-here': 'http://jellyfin:8096',
  'paste-the-key-here': '0a1b2c3d',
  'paste-the-public-address-here': 'https://media.example.com',
  'user:password@mail.example.org': 'films:secret@mail.example.com',
  'paste-the-sender-here': 'Films <films@example.com>',
};

it('a new config.yaml is refused field by field until each thing that only the admin knows is written', async () => {
  let text = STARTER;
  const fields = ['jellyfin.url', 'jellyfin.apiKey', 'public.url', 'mail.url', 'mail.from'];
  for (const [placeholder, own] of Object.entries(OWN)) {
    const error = await load(text).catch((reason: unknown) => reason);
    if (!(error instanceof ConfigError)) throw new Error(`was taken with ${placeholder}`, { cause: error });
    expect(error.problems.map(({ path }) => path)).toEqual(fields);
    expect(text).toContain(placeholder);
    text = text.replaceAll(placeholder, own);
    fields.shift();
  }
  const config = await load(text);
  expect(config.reset?.method).toBe('link');
});

it('what the environment says needs no filling in', async () => {
  const text = STARTER.replaceAll('paste-the-sender-here', 'films@example.com');
  const config = await load(text, {
    GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096',
    GATEHOUSE_JELLYFIN__API_KEY: '0a1b2c3d',
    GATEHOUSE_PUBLIC__URL: 'https://media.example.com',
    GATEHOUSE_MAIL__URL: 'smtp://mail.example.com',
  });
  expect(config.jellyfin.url).toBe('http://jellyfin:8096');
});

it('what is commented out in it would be taken too', async () => {
  const bare = Object.entries(OWN).reduce((text, [from, to]) => text.replaceAll(from, to), STARTER);
  const config = await load(bare.replaceAll(/^( *)#([\w-]+:)/gm, '$1$2'));
  expect(config.listen.trustedProxies).toEqual(['172.16.0.0/12']);
  expect(Object.keys(config.enabledMods)).toContain('login-notice');
});

it('is written for its owner alone, and never over a file that is there', async () => {
  const file = join(await tempFolder(), 'config.yaml');
  expect(await writeStarter(file)).toBeUndefined();
  expect(await readFile(file, 'utf8')).toBe(STARTER);
  // On Windows modes say nothing.
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, 'mine');
  expect(await writeStarter(file)).toBe('EEXIST');
  expect(await readFile(file, 'utf8')).toBe('mine');
  expect(await writeStarter(join(file, 'below'))).toMatch(/^ENOTDIR|ENOENT$/);
});
