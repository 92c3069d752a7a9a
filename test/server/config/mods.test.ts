import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMod, type RestOfConfig, type WrittenOptions } from '../../../injector/kit/define-mod.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

const WITH_RESET = `
reset: { method: pin }
public: { url: https://media.example.org }
mail: { url: smtp://localhost, from: a@example.org }
`;

/** A mod of this test's own, which nothing in server/ can know, and what it was asked. */
function exampleMod() {
  const asked: [WrittenOptions | false | undefined, RestOfConfig][] = [];
  const mod = defineMod({
    name: 'example',
    title: 'Example',
    jellyfin: '*',
    options: z.strictObject({ words: z.string().optional() }),
    example: {},
    defaults: {
      description: 'It is on with `reset`.',
      fill: (written, { reset }) => (reset === undefined ? written : { words: reset.lead, ...written }),
    },
    check(written, rest) {
      asked.push([written, rest]);
      if (written === false) return [{ message: 'must stay on' }];
      return written?.['words'] === 'wrong' ? [{ option: 'words', message: 'does not fit' }] : [];
    },
    hooks: () => ({}),
  });
  return { mod, asked };
}

async function load(text: string) {
  const { mod, asked } = exampleMod();
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(configPath, `jellyfin: { url: http://127.0.0.1:8096, apiKey: abcdef0123456789 }\n${text}`);
  const loaded = loadConfig({ configPath, environment: {}, mods: modList([mod]), channels: CHANNELS });
  return { asked, loaded };
}

describe('a mod and the rest of the configuration', () => {
  it('is on by itself where it says so, with options that follow from the rest', async () => {
    const { loaded, asked } = await load(WITH_RESET);
    expect((await loaded).enabledMods).toEqual({ example: { words: 'pin-page' } });
    const rest = {
      reset: { lead: 'pin-page', asksPin: true, channels: ['mail'] },
      publicUrl: 'https://media.example.org',
      isLoginThrottled: true,
    };
    expect(asked).toEqual([[{ words: 'pin-page' }, rest]]);
  });

  it('is off by itself where it says so, and knows of no reset service then', async () => {
    const { loaded, asked } = await load('');
    expect((await loaded).enabledMods).toEqual({});
    expect(asked).toEqual([[undefined, { reset: undefined, isLoginThrottled: false }]]);
  });

  it('is given what the file says of it, and completes that', async () => {
    const { loaded } = await load(`${WITH_RESET}mods: { example: true }`);
    expect((await loaded).enabledMods).toEqual({ example: { words: 'pin-page' } });
    const { loaded: own } = await load(`${WITH_RESET}mods: { example: { words: mine } }`);
    expect((await own).enabledMods).toEqual({ example: { words: 'mine' } });
  });

  it('hears that sign-ins are held back where the file says so', async () => {
    const { loaded, asked } = await load('loginThrottle: { lan: true }');
    await loaded;
    expect(asked).toEqual([[undefined, { reset: undefined, isLoginThrottled: true }]]);
  });

  it.each([
    ['example: { words: wrong }', 'mods.example.words', 'does not fit'],
    ['example: false', 'mods.example', 'must stay on'],
  ])('refuses %s with its sentence, at its place', async (entry, path, message) => {
    const { loaded } = await load(`mods:\n  ${entry}\n`);
    await expect(loaded).rejects.toMatchObject({ problems: [{ line: 3, path, message }] });
  });

  it.each(['example:', 'example: 3', 'example: [a]'])(
    'is not asked about %s, which the schema refuses',
    async (entry) => {
      const { loaded, asked } = await load(`mods:\n  ${entry}\n`);
      await expect(loaded).rejects.toMatchObject({
        problems: [{ path: expect.stringMatching(/^mods\.example/) }],
      });
      expect(asked).toEqual([]);
    },
  );

  it('Forgot Password’s dialog names the channels that are set up, or those that the mod names', async () => {
    const configPath = join(await tempFolder(), 'config.yaml');
    const nameOf = async (mods: string) => {
      const text = `jellyfin: { url: http://127.0.0.1:8096, apiKey: abcdef0123456789 }${WITH_RESET}
telegram: { token: '123456789:AAabcdefghijklmnopqrstuvwxyz0123456' }
${mods}`;
      await writeFile(configPath, text);
      const config = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
      return config.enabledMods['forgot-password'];
    };
    expect(await nameOf('')).toMatchObject({ channels: ['mail', 'Telegram'] });
    expect(await nameOf('mods: { forgot-password: { channels: [ntfy] } }')).toMatchObject({
      channels: ['ntfy'],
    });
  });
});
