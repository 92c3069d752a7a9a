import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Config } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../files/temp-folder.ts';

/** Loads a config with a reset service over that storage, as people write it; no Jellyfin and no mail server are there. */
export async function loadConfigWithStorage(storage: string): Promise<Config> {
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(
    configPath,
    `public: { url: 'https://media.example.org' }
jellyfin: { url: 'http://127.0.0.1:9', apiKey: ${'k'.repeat(32)} }
reset: { method: link }
mail: { url: 'smtp://127.0.0.1:9', from: noreply@example.org }
storage: '${storage}'
`,
  );
  return loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
}
