import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

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
    { name: 'languages.js', entry: join(root, 'injector/client/languages.ts'), global: 'gatehouseLanguages' },
    ...parts.map((mod) => ({
      name: `${mod}.js`,
      entry: join(mods, mod, 'mod.client.ts'),
      global: 'gatehousePart',
    })),
  ];
  const texts = ['runtime', ...parts].flatMap((name) => {
    const file = join(
      root,
      name === 'runtime' ? 'injector/client/framed-texts.json' : `injector/mods/${name}/texts.json`,
    );
    return existsSync(file) ? [{ name: `${name}.texts.json`, text: readFileSync(file, 'utf8') }] : [];
  });
  await mkdir(folder, { recursive: true });
  const write = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(`${file}.${process.pid}`, text);
    await rename(`${file}.${process.pid}`, file);
  };
  for (const { name, entry, global } of files) await write(name, await bundle(root, entry, global));
  for (const { name, text } of texts) await write(name, text);
  for (const file of await readdir(folder)) {
    if (/\.(?:js|texts\.json)$/.test(file) && ![...files, ...texts].some(({ name }) => name === file))
      await rm(join(folder, file), { force: true });
  }
}

/** The file of texts beside what runs in the browser; `runtime` has one too. */
const TEXTS = /\/(?:injector\/mods\/([a-z-]+)\/texts|injector\/client\/framed-texts)\.json$/;

/**
 * Leaves of texts the English words: the others come as a file of the person's language (`injector/language-files.ts`), so that
 * nobody loads twenty. The text is known by its id, `<mod>.<key>`.
 */
const englishOnly = (): Plugin => ({
  name: 'gatehouse-texts',
  enforce: 'pre',
  load(id) {
    const found = TEXTS.exec(id);
    if (found === null) return null;
    const texts = JSON.parse(readFileSync(id, 'utf8')) as { readonly [key: string]: { readonly en: string } };
    const lines = Object.entries(texts).map(([key, { en }]) => {
      const args = [`${found[1] ?? 'runtime'}.${key}`, en].map((text) => JSON.stringify(text));
      return `export const ${key} = /* @__PURE__ */ gatehouseText(${args.join(', ')});`;
    });
    return { code: lines.join('\n'), moduleType: 'js' };
  },
});

async function bundle(root: string, entry: string, global: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [englishOnly()],
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
