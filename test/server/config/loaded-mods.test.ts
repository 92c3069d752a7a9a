import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const SMALLEST = 'jellyfin: { url: http://127.0.0.1:8096 }\n';

/** The names of mods that are loaded for a configuration, one list for each time. */
async function loadedFor(text: string, environment: Record<string, string> = {}) {
  const loaded: string[][] = [];
  const load = async (named?: readonly string[]) => {
    const found = await MOD_LIST.load(named);
    loaded.push(found.map(({ name }) => name));
    return found;
  };
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(configPath, text);
  const loading = loadConfig({ configPath, environment, mods: { ...MOD_LIST, load }, channels: CHANNELS });
  await loading.catch(() => undefined);
  return loaded;
}

describe('the mods that are loaded', () => {
  const BY_THEMSELVES = ['forgot-password', 'login-throttle', 'account-entry', 'contact-reminder'];

  it('are those that the file or the environment names, and those that are on by themselves', async () => {
    const text = `${SMALLEST}mods: { toast: false, page-title: { title: Films } }\n`;
    const environment = { GATEHOUSE_MODS__LOGIN_NOTICE__TEXT: 'Hello', gatehouse_mods__Scroll_Bar: 'true' };
    expect(await loadedFor(text, environment)).toEqual([
      [
        'forgot-password',
        'login-notice',
        'login-throttle',
        'account-entry',
        'contact-reminder',
        'page-title',
        'scrollbar',
        'toast',
      ],
    ]);
  });

  it('are all where there is a problem, so that another may be meant', async () => {
    const loaded = await loadedFor(`${SMALLEST}mods: { page-tilte: true }\n`);
    expect(loaded).toEqual([BY_THEMSELVES, MOD_LIST.names]);
  });
});
