import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const CONFIG = `jellyfin: { url: "http://127.0.0.1:8096", apiKey: 0123456789abcdef0123456789abcdef }
public: { url: "https://media.example.org" }
mail: { url: "smtp://127.0.0.1:25", from: gatehouse@example.org, requireTls: false }
reset: { method: link }
`;

async function folderWith(extra = '') {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(configPath, CONFIG + extra);
  const load = async () =>
    (await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS })).reset?.messages;
  return { folder, load };
}

it('the folder beside the configuration is read, and what is no file of templates is left alone', async () => {
  const { folder, load } = await folderWith();
  expect(await load()).toEqual({ folder: join(folder, 'messages'), isNamed: false, files: [] });
  await mkdir(join(folder, 'messages'));
  await writeFile(join(folder, 'messages', 'de.md'), '## x');
  await writeFile(join(folder, 'messages', 'notes.txt'), 'x');
  expect(await load()).toMatchObject({ files: [{ name: 'de.md', file: 'messages/de.md', text: '## x' }] });
});

it('a configuration whose templates changed is another one, so that a reload puts it in force', async () => {
  const { folder, load } = await folderWith('messages: { folder: words }\n');
  await mkdir(join(folder, 'words'));
  await writeFile(join(folder, 'words', 'en.md'), 'one');
  const before = await load();
  await writeFile(join(folder, 'words', 'en.md'), 'two');
  expect(await load()).not.toEqual(before);
});

it('a folder that is named and not there is told, and so is a file that is too large', async () => {
  const { folder, load } = await folderWith('messages: { folder: words }\n');
  expect((await load())?.fault).toBe('words cannot be read (ENOENT); see messages.folder');
  await mkdir(join(folder, 'words'));
  await writeFile(join(folder, 'words', 'en.md'), 'x'.repeat(300_000));
  await writeFile(join(folder, 'words', 'fr.md'), '## x');
  const read = await load();
  expect(read?.fault).toMatch(/^words\/en\.md /);
  expect(read?.files.map(({ name }) => name)).toEqual(['fr.md']);
});
