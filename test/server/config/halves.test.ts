import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const SMALLEST = 'jellyfin: { url: http://127.0.0.1:8096 }\n';
const WITH_RESET = `public: { url: https://media.example.org/jf/ }
jellyfin: { url: http://127.0.0.1:8096/jf/, apiKey: 0a1b2c3d }
mail: { url: smtp://mail.example.org, from: '"Films" <films@example.org>' }
`;

async function sentenceOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('was loaded', { cause: error });
  return error.problems.map(({ message }) => message).join('\n');
}

describe('the half that --only names', () => {
  const SECRET = '0123456789abcdef0123456789abcdef';
  const loadHalf = async (only: 'injector' | 'reset' | undefined, text: string) => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, text);
    return loadConfig({ configPath: file, environment: {}, mods: MOD_LIST, channels: CHANNELS, only });
  };

  it('injector needs no key, no mail and no public.url, but the way to the reset service', async () => {
    const config = await loadHalf(
      'injector',
      `${SMALLEST}reset: { method: account }\nservice: { url: http://reset:8098/, secret: ${SECRET} }\n`,
    );
    expect(config.reset).toBeUndefined();
    expect(config.resetListener).toBeUndefined();
    expect(config.remoteReset).toEqual({
      url: 'http://reset:8098',
      caFile: undefined,
      secret: SECRET,
      method: 'account',
    });
    expect(config.enabledMods).toMatchObject({ 'forgot-password': { show: 'account' } });
    expect(await sentenceOf(loadHalf('injector', `${SMALLEST}reset: {}\n`))).toMatch(/needs service\.url/);
  });

  it('injector without reset is the pure injector it always was', async () => {
    expect((await loadHalf('injector', SMALLEST)).remoteReset).toBeUndefined();
  });

  it('reset needs what the service needs, and a secret', async () => {
    expect(await sentenceOf(loadHalf('reset', SMALLEST))).toMatch(/--only reset runs the reset service/);
    expect(await sentenceOf(loadHalf('reset', `${WITH_RESET}reset: {}\n`))).toMatch(/needs service\.secret/);
    const config = await loadHalf('reset', `${WITH_RESET}reset: {}\nservice: { secret: ${SECRET} }\n`);
    expect(config.reset?.apiKey).toBe('0a1b2c3d');
    expect(config.resetListener).toEqual({ secret: SECRET, listen: { host: '127.0.0.1', port: 8098 } });
    expect(config.remoteReset).toBeUndefined();
  });

  it('of both, the line between the two is not used', async () => {
    const config = await loadHalf(undefined, `${WITH_RESET}reset: {}\nservice: { secret: ${SECRET} }\n`);
    expect([config.only, config.remoteReset, config.resetListener]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('refuses a short secret without repeating it', async () => {
    const sentence = await sentenceOf(
      loadHalf('reset', `${WITH_RESET}reset: {}\nservice: { secret: shorty }\n`),
    );
    expect(sentence).toMatch(/32 to 256/);
    expect(sentence).not.toContain('shorty');
  });
});
