import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { withCredentials } from '../../../server/config/credentials.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

describe('credentials of systemd', () => {
  it('are the secrets of the configuration, by the names of variables', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'credentials'));
    await writeFile(join(folder, 'credentials/secrets_GATEHOUSE_JELLYFIN__API_KEY'), '0a1b2c3d\n');
    await writeFile(join(folder, 'credentials/GATEHOUSE_METRICS__TOKEN'), 'token-of-metrics\n');
    await writeFile(join(folder, 'credentials/something-else'), 'not ours');
    await writeFile(join(folder, 'config.yaml'), 'jellyfin: { url: http://127.0.0.1:8096 }\n');
    const environment = withCredentials({ CREDENTIALS_DIRECTORY: join(folder, 'credentials') });
    const options = { environment, mods: MOD_LIST, channels: CHANNELS };
    const config = await loadConfig({ configPath: join(folder, 'config.yaml'), ...options });
    expect(config.jellyfin.apiKey).toBe('0a1b2c3d');
    expect(config.metrics.token).toBe('token-of-metrics');
  });

  it('come after a variable that is set, and are nothing where the folder cannot be read', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'GATEHOUSE_JELLYFIN__API_KEY'), 'of the credential');
    const set = { CREDENTIALS_DIRECTORY: folder, GATEHOUSE_JELLYFIN__API_KEY: 'of the variable' };
    expect(withCredentials(set)).toEqual(set);
    const named = { CREDENTIALS_DIRECTORY: folder, GATEHOUSE_JELLYFIN__API_KEY_FILE: '/run/key' };
    expect(withCredentials(named)).toEqual(named);
    const away = { CREDENTIALS_DIRECTORY: join(folder, 'nowhere') };
    expect(withCredentials(away)).toEqual(away);
  });
});
