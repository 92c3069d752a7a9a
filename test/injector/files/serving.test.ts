import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createInjector } from '../../../injector/create-injector.ts';
import { readModFiles } from '../../../injector/files/mod-files.ts';
import { defineMod } from '../../../injector/kit/define-mod.ts';
import { createFiles, fileOption, filesIn, keyOf } from '../../../injector/kit/file-option.ts';
import { createPlan } from '../../../injector/kit/plan.ts';
import { customCss } from '../../../injector/mods/custom-css/mod.ts';
import { loginBackground } from '../../../injector/mods/login-background/mod.ts';
import { modFilesSettings } from '../../support/files/mod-files-settings.ts';
import { SAMPLE_SVG, sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';

const shown = defineMod({
  name: 'shown',
  title: 'Shows a picture',
  jellyfin: '*',
  options: z.strictObject({ image: fileOption('picture'), fonts: fileOption('fonts').optional() }),
  example: { image: 'a.png' },
  hooks({ image, fonts }, files) {
    const entries = fonts === undefined ? [] : (files.get(fonts).entries ?? []);
    const faces = entries.map(({ href }) => `@font-face{src:url("${href}")}`);
    return { css: [`a{b:url("${files.get(image).href}")}`, ...faces].join('\n') };
  },
});

async function serving() {
  const folder = await tempFolder();
  const injector = createInjector({ mods: modList([shown]), clientFolder: folder, log: createKeptLog() });
  const port = await listen(injector.server);
  onTestFinished(async () => {
    await injector.close();
    await shut(injector.server);
  });
  return {
    folder,
    injector,
    ask: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}/gatehouse${path}`, init),
    /** Puts the options into force, and answers where their files are served, below `/gatehouse`. */
    async use(options: unknown): Promise<string[]> {
      const enabledMods = { shown: shown.options.parse(options) };
      const files = modFilesSettings(folder);
      const settings = {
        jellyfinUrl: 'http://127.0.0.1:9',
        trustedProxies: [],
        enabledMods,
        files,
      };
      await injector.configure(settings, undefined);
      // The mod was handed the same: a name is made of the bytes.
      const { assets } = await readModFiles(files, filesIn(enabledMods), createKeptLog());
      return assets.map(({ path }) => path);
    },
  };
}

it('a picture is served for ever, as what it is, and not compressed again', async () => {
  const { folder, ask, use } = await serving();
  await writeFile(join(folder, 'a.png'), sampleFile('png'));
  const [path = ''] = await use({ image: 'a.png' });
  const answer = await ask(path, { headers: { 'Accept-Encoding': 'gzip, br' } });
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(sampleFile('png'));

  const etag = answer.headers.get('etag') ?? '';
  expect((await ask(path, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  expect((await ask(path, { method: 'POST' })).status).toBe(405);
  expect((await ask(path.replace('.png', '.jpg'))).status).toBe(404);
});

it('an svg runs nothing when it is opened by itself', async () => {
  const { folder, ask, use } = await serving();
  await writeFile(join(folder, 'a.svg'), SAMPLE_SVG);
  const [path = ''] = await use({ image: 'a.svg' });
  const answer = await ask(path);
  expect(answer.headers.get('content-type')).toBe('image/svg+xml');
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  );
});

it('what an open page still asks for stays, of the configuration before and of no older one', async () => {
  const { folder, ask, use } = await serving();
  const paths: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    await writeFile(join(folder, `${name}.png`), sampleFile('png', name));
    paths.push(...(await use({ image: `${name}.png` })));
    // The same once more is no other configuration.
    await use({ image: `${name}.png` });
  }
  const statuses = await Promise.all(paths.map(async (path) => (await ask(path)).status));
  expect(statuses).toEqual([404, 200, 200]);
});

it('a file that is gone leaves out its mod, and says so', async () => {
  const { injector, use } = await serving();
  await use({ image: 'gone.png' });
  expect(injector.report().mods).toEqual([
    {
      name: 'shown',
      leftOut: 'hooks: gone.png: does not exist; its path begins at the folder of config.yaml',
    },
  ]);
});

it.each([
  ['theirs.css', 'ours.css'],
  ['ours.css', 'theirs.css'],
])(
  'a style theirs.css that is gone takes no other rules of custom-css along, and is named',
  async (url, file) => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'ours.css'), 'a{color:red}');
    const options = customCss.options.parse({ url, file, css: 'b{color:red}' });
    const files = filesIn(options);
    const { served } = await readModFiles(modFilesSettings(folder), files, createKeptLog());
    const failures: string[] = [];
    const plan = createPlan({
      mods: [customCss],
      enabled: { 'custom-css': options },
      files: served,
      jellyfinVersion: undefined,
      onFailure: ({ hook, error }) => failures.push(`${hook} ${error}`),
    });
    expect(plan.css).toContain('a{color:red}');
    expect(plan.css).toContain('b{color:red}');
    expect(plan.leftOut).toEqual([]);
    expect(plan.missingFiles).toEqual([
      { mod: 'custom-css', reason: expect.stringContaining('theirs.css: does not exist') },
    ]);
    expect(failures).toEqual([expect.stringContaining('files FileMissingError: theirs.css')]);
  },
);

it('pictures that are there show behind the login page without those that are gone; without any, the mod says why', () => {
  const options = loginBackground.options.parse({ pictures: ['gone.jpg', 'a.jpg'] });
  const [gone, there] = filesIn(options).map(keyOf);
  const away = { [String(gone)]: 'is not there' };
  const found = createFiles({ ...away, [String(there)]: { href: '../a.jpg' } });
  expect(loginBackground.hooks(options, found).css).toContain('../a.jpg');
  expect(() => loginBackground.hooks(options, createFiles(away))).toThrow('gone.jpg: is not there');
});
