import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * The oldest language the parts are written in: Chromium has it from 51 on, so that televisions of 2018 run them (53). Older ones
 * (Chromium 38 and 47), which Jellyfin's own client still runs on, pass the script over and show the client without it. Syntax is
 * lowered, functions are not added: `build/check-newer-functions.ts` refuses those that are not there.
 */
const TARGET = 'es2015';

/**
 * Builds what runs in the browser: the runtime, what tells settings, and the part of each mod that has one, one file each, which
 * `injector/client-script.ts` puts together for the mods that are switched on.
 *
 * Promises: a file is whole at every moment, also while a program that reads it runs; files of mods that are gone are removed.
 *
 * @param root Folder of `package.json`.
 * @param folder Where the files go, e.g. `dist/client`.
 */
export async function buildClient(root: string, folder: string): Promise<void> {
  const mods = join(root, 'injector/mods');
  const parts = (await readdir(mods)).filter((name) => existsSync(join(mods, name, 'mod.client.ts')));
  const files = [
    { name: 'runtime.js', entry: join(root, 'injector/client/runtime.ts'), global: 'gatehouseRuntime' },
    { name: 'settings.js', entry: join(root, 'injector/client/settings.ts'), global: 'gatehouseSettings' },
    ...parts.map((mod) => ({
      name: `${mod}.js`,
      entry: join(mods, mod, 'mod.client.ts'),
      global: 'gatehousePart',
    })),
  ];
  await mkdir(folder, { recursive: true });
  for (const { name, entry, global } of files) {
    const code = await bundle(root, entry, global);
    const file = join(folder, name);
    await writeFile(`${file}.${process.pid}`, code);
    await rename(`${file}.${process.pid}`, file);
  }
  for (const file of await readdir(folder)) {
    if (file.endsWith('.js') && !files.some(({ name }) => name === file))
      await rm(join(folder, file), { force: true });
  }
}

async function bundle(root: string, entry: string, global: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: TARGET,
      minify: true,
      lib: { entry, formats: ['iife'], name: global, fileName: () => 'part.js' },
      rolldownOptions: { output: { exports: 'named', generatedCode: { symbols: false } } },
    },
  });
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
  const [chunk, ...others] = outputs.flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk' || others.length > 0)
    throw new Error(`${entry} did not become exactly one script`);
  return chunk.code;
}
