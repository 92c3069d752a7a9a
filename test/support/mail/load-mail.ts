import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Environment } from '../../../server/config/environment.ts';
import { readConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { modList } from '../mods/mod-list.ts';

/** A key pair for DKIM, in PEM. */
export const RSA = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Loads a configuration with that `mail` section, beside files of these names. */
export async function loadMail(
  mail: string,
  parts: { readonly files?: Record<string, string | Buffer>; readonly environment?: Environment } = {},
) {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(
    configPath,
    `public: { url: https://media.example.org }\njellyfin: { url: http://127.0.0.1:8096, apiKey: 0a1b2c3d }\nreset: {}\nmail: { from: a@example.org, ${mail} }\n`,
  );
  for (const [name, content] of Object.entries(parts.files ?? {}))
    await writeFile(join(folder, name), content);
  const environment = Object.fromEntries(
    Object.entries(parts.environment ?? {}).map(([name, value]) => [
      name,
      value?.replace('./', `${folder}/`),
    ]),
  );
  const options = { configPath, environment, mods: modList([]), channels: CHANNELS };
  const { config, warnings } = await readConfig(options);
  return { email: config.reset?.channels['email'], folder: dirname(config.file), config, warnings };
}

/** What is said of such a section that is refused. */
export async function faultOfMail(...args: Parameters<typeof loadMail>): Promise<string> {
  const error = await loadMail(...args).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('It was taken.', { cause: error });
  return error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
}
