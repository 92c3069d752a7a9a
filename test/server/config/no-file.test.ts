import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

/** Loads in a folder of its own, in which there is no config.yaml unless a text is given. */
async function load(environment: Record<string, string>, text?: string) {
  const folder = await tempFolder();
  if (text !== undefined) await writeFile(join(folder, 'config.yaml'), text);
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  const config = await loadConfig({ environment, mods: MOD_LIST, channels: CHANNELS });
  return { folder: process.cwd(), config };
}

async function problemsOf(environment: Record<string, string>, text?: string): Promise<string[]> {
  const error: unknown = await load(environment, text).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('was loaded', { cause: error });
  return error.message.split('\n');
}

const WHOLE = {
  GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096',
  GATEHOUSE_JELLYFIN__API_KEY: '0a1b2c3d',
  GATEHOUSE_PUBLIC__URL: 'https://media.example.org',
  GATEHOUSE_RESET__METHOD: 'pin',
  GATEHOUSE_MAIL__URL: 'smtp://mail.example.org',
  GATEHOUSE_MAIL__FROM: 'films@example.org',
};

describe('a configuration without a file', () => {
  it('is the environment alone, and its paths begin at the folder it runs in', async () => {
    const { config, folder } = await load(WHOLE);
    expect(config.reset?.method).toBe('pin');
    expect(config.isFromFile).toBe(false);
    expect(config.storage).toBe(join(folder, 'gatehouse.db'));
  });

  it('needs nothing but GATEHOUSE_JELLYFIN__URL', async () => {
    const { config } = await load({ GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096' });
    expect(config.jellyfin.url).toBe('http://jellyfin:8096');
  });

  it('names the variable that is missing, and no line', async () => {
    expect(await problemsOf({ GATEHOUSE_LISTEN__PORT: '8097' })).toEqual([
      expect.stringMatching(/^GATEHOUSE_JELLYFIN__URL jellyfin\.url: is missing\. Address of the Jellyfin/),
    ]);
    const { GATEHOUSE_MAIL__FROM: _, ...withoutSender } = WHOLE;
    expect(await problemsOf(withoutSender)).toEqual([
      expect.stringMatching(/^GATEHOUSE_MAIL__FROM mail\.from: is missing\./),
    ]);
  });

  it('is no excuse for a file that was named and is not there', async () => {
    expect(await problemsOf({ ...WHOLE, GATEHOUSE_CONFIG: 'other.yaml' })).toEqual([
      'other.yaml: does not exist; make it, or name another one with --config',
    ]);
  });

  it('is none where the environment says nothing either', async () => {
    expect(await problemsOf({ GATEHOUSE_SERVICE_PORT: '8097', PATH: '/bin' })).toEqual([
      expect.stringMatching(/^config\.yaml: not found\. .* or set at least GATEHOUSE_JELLYFIN__URL$/),
    ]);
  });

  it('gives way to a file that is there, whose missing fields have lines', async () => {
    expect(await problemsOf({ GATEHOUSE_LISTEN__PORT: '9000' }, 'log: { level: warn }\n')).toEqual([
      expect.stringMatching(/^config\.yaml:1:1 jellyfin\.url: is missing/),
    ]);
  });

  it('names the variable of a section that only the environment has, beside a file', async () => {
    const text = 'jellyfin: { url: http://jellyfin:8096 }\n';
    expect(await problemsOf({ GATEHOUSE_MAIL__URL: 'smtp://mail.example.org' }, text)).toEqual([
      expect.stringMatching(/^GATEHOUSE_MAIL__FROM mail\.from: is missing\./),
    ]);
  });
});
