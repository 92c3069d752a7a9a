import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

/** Each file in `broken/` begins with the lines it must lead to, behind `#! `; they count as lines of the file. */
const FOLDER = join(import.meta.dirname, 'broken');
const files = (await readdir(FOLDER)).sort();

async function problemsOf(file: string): Promise<string> {
  const folder = await tempFolder();
  await copyFile(join(FOLDER, file), join(folder, 'config.yaml'));
  const error: unknown = await loadConfig({
    configPath: join(folder, 'config.yaml'),
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  }).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError))
    throw new Error(`${file} was taken as a good configuration`, { cause: error });
  return error.message.replaceAll(`${folder}/`, '');
}

describe('a broken config.yaml', () => {
  it('comes in more than fifty kinds', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)('%s: tells every problem with line, column and the fix', async (file) => {
    const text = await readFile(join(FOLDER, file), 'utf8');
    const expected = text.split('\n').flatMap((line) => (line.startsWith('#! ') ? [line.slice(3)] : []));
    expect(expected.length).toBeGreaterThan(0);
    expect((await problemsOf(file)).split('\n')).toEqual(expected);
  });

  it.each(files)('%s: repeats no secret of the file', async (file) => {
    expect(await problemsOf(file)).not.toMatch(/hunter2secret|0a1b2c/);
  });
});
