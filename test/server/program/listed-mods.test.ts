import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { listMods } from '../../../server/program/listed-mods.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

it('every mod is listed, those of the admin’s own folder too, with how the configuration switches it on', async () => {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await mkdir(join(folder, 'mods/film-night'), { recursive: true });
  await writeFile(
    join(folder, 'mods/film-night/mod.yaml'),
    'name: film-night\ntitle: Film night\ncss: "a { color: red }"\n',
  );
  await writeFile(
    configPath,
    'jellyfin: { url: http://127.0.0.1:8096 }\nmods:\n  login-notice: { text: Hello }\n  film-night: {}\n',
  );
  const config = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
  const listed = await listMods(config);
  expect(listed.map(({ name }) => name)).toEqual([...MODS.map(({ name }) => name), 'film-night']);
  const find = (name: string) => listed.find((mod) => mod.name === name);
  expect(find('login-notice')).toMatchObject({
    isOn: true,
    entries: [{ id: 'login-notice', options: { text: 'Hello' } }],
  });
  expect(find('film-night')).toMatchObject({ title: 'Film night', isOn: true, entries: [{ options: {} }] });
  expect(find('featured')).toMatchObject({ isOn: false, entries: [] });
});
