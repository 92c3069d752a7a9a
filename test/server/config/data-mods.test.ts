import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { readConfig } from '../../../server/config/load.ts';
import { formatProblems } from '../../../server/config/problems.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const RED = 'title: Red\ncss: "h1 { color: red }"\n';

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tempFolder();
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

async function read(mods: string, files: Readonly<Record<string, string>>) {
  const config = `jellyfin: { url: http://127.0.0.1:8096 }\nmods: ${mods}\n`;
  const folder = await folderWith({ ...files, 'config.yaml': config });
  const loading = readConfig({
    configPath: join(folder, 'config.yaml'),
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  });
  const plain = (text: string) => text.replaceAll(`${folder}/`, '');
  return loading.then(
    ({ config: loaded, warnings }) => ({
      config: loaded,
      warnings: plain(formatProblems(warnings)),
      error: '',
    }),
    (error: Error) => ({ config: undefined, warnings: '', error: plain(error.message) }),
  );
}

describe('mods in the folder mods/ beside config.yaml', () => {
  it('are on where config.yaml says so, with what they are as their options, and off otherwise', async () => {
    const files = { 'mods/red/mod.yaml': `name: red\n${RED}`, 'mods/blue/mod.yaml': `name: blue\n${RED}` };
    const { config } = await read('{ red: true }', files);
    expect(Object.keys(config?.enabledMods ?? {})).toEqual(['red']);
    expect(config?.enabledMods['red']).toMatchObject({
      definition: { name: 'red', css: 'h1 { color: red }', jellyfin: '>=10.8 <13' },
    });
  });

  it('may be on for a time or some people, as all mods', async () => {
    const files = { 'mods/red/mod.yaml': `name: red\n${RED}` };
    const { config } = await read('{ red: { when: { network: home } } }', files);
    expect(config?.modConditions).toEqual({ red: { network: ['home'] } });
  });

  it('may not be on for a time or some people when they replace text in files, which are the same for everybody', async () => {
    const replacing = 'name: red\ntitle: Red\nreplacements: [{ find: Next Up, replace: Go on }]\n';
    const files = { 'mods/red/mod.yaml': replacing };
    expect((await read('{ red: true }', files)).error).toBe('');
    expect((await read('{ red: { when: { network: home } } }', files)).error).toBe(
      'config.yaml:2:16 mods.red.when: cannot be said of a mod that replaces text in files of the web client: they are kept once for everybody; remove it',
    );
  });

  it('are told with line and column when they are on and broken, and warned of when they are off', async () => {
    const files = { 'mods/red/mod.yaml': `name: red\ncsss: x\n${RED}` };
    const sentence = 'mods/red/mod.yaml:2:1 csss: is not a field; did you mean css?';
    expect((await read('{ red: true }', files)).error).toBe(sentence);
    expect((await read('{ red: false }', files)).warnings).toBe(sentence);
    expect((await read('{}', files)).warnings).toBe(sentence);
  });

  it('are refused with the name of a mod that is there already, also while they are off', async () => {
    const { error } = await read('{}', { 'mods/page-title/mod.yaml': `name: page-title\n${RED}` });
    expect(error).toMatch(/^mods\/page-title\/mod.yaml: has the name of a mod that Gatehouse comes with/);
  });

  it('are told when the folder cannot be the name of a mod', async () => {
    const { warnings } = await read('{}', { 'mods/Film Night/mod.yaml': RED });
    expect(warnings).toMatch(/^mods\/Film Night\/mod.yaml: has a name that cannot be that of a mod/);
  });

  it('are at most fifty', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `mod${index + 100}`);
    const files = Object.fromEntries(names.map((name) => [`mods/${name}/mod.yaml`, `name: ${name}\n${RED}`]));
    const { warnings } = await read('{ mod100: true }', files);
    expect(warnings).toMatch(/^mods\/mod150\/mod.yaml: is one of more than 50 mods/);
    expect((await read('{ mod150: true }', files)).error).toContain('is one of more than 50 mods');
  });

  it('have at most 256 kB', async () => {
    const { error } = await read('{ red: true }', {
      'mods/red/mod.yaml': `name: red\n${RED}# ${'x'.repeat(256 * 1024)}`,
    });
    expect(error).toMatch(/^mods\/red\/mod.yaml: is larger than 256 KiB/);
  });

  it('other folders there are none, nor is a file', async () => {
    const { error, warnings } = await read('{}', { 'mods/pictures/garden.jpg': '', 'mods/notes.txt': '' });
    expect([error, warnings]).toEqual(['', '']);
  });

  it('that change the same as another mod are told with it', async () => {
    const { error } = await read('{ app-name: { name: Ours }, ours: true }', {
      'mods/ours/mod.yaml': 'name: ours\ntitle: Ours\njson: { manifest: { name: Theirs } }\n',
    });
    expect(error).toContain('mods.ours: changes "name" in /web/manifest.json, and so does app-name');
  });
});
