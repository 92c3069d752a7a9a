import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

/**
 * Each file in `broken-mods/` begins with the lines it must lead to, behind `#! `; they count as lines of the file. It is
 * the `mod.yaml` of a mod that is on, or where its name begins with `config-` the configuration beside a mod that is fine.
 */
const FOLDER = join(import.meta.dirname, 'broken-mods');
const files = (await readdir(FOLDER)).sort();

const GOOD_MOD = 'name: example\ntitle: Example\ncss: "h1 { color: red }"\n';
const GOOD_CONFIG = 'jellyfin: { url: http://127.0.0.1:8096 }\nmods: { example: true }\n';

async function problemsOf(file: string): Promise<string> {
  const folder = await tempFolder();
  const text = await readFile(join(FOLDER, file), 'utf8');
  const isConfig = file.startsWith('config-');
  await mkdir(join(folder, 'mods/example'), { recursive: true });
  await writeFile(join(folder, 'config.yaml'), isConfig ? text : GOOD_CONFIG);
  await writeFile(join(folder, 'mods/example/mod.yaml'), isConfig ? GOOD_MOD : text);
  const error: unknown = await loadConfig({
    configPath: join(folder, 'config.yaml'),
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  }).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error(`${file} was taken as good`, { cause: error });
  return error.message.replaceAll(`${folder}/`, '');
}

describe('a broken mod.yaml, or options of a mod that are wrong', () => {
  it('come in more than thirty kinds', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('%s: tells every problem with line, column and the fix', async (file) => {
    const text = await readFile(join(FOLDER, file), 'utf8');
    const expected = text.split('\n').flatMap((line) => (line.startsWith('#! ') ? [line.slice(3)] : []));
    expect(expected.length).toBeGreaterThan(0);
    expect((await problemsOf(file)).split('\n')).toEqual(expected);
  });
});
