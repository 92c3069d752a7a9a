import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ClientPartMissingError, createClientScript } from '../../injector/client-script.ts';
import type { ModFailure } from '../../injector/kit/mod-failures.ts';
import type { Plan } from '../../injector/kit/plan.ts';
import { tempFolder } from '../support/files/temp-folder.ts';

type ScriptPlan = Pick<Plan, 'strings' | 'client' | 'defaults' | 'personCss'>;

/** A stand-in for the runtime that keeps what it is handed. */
const RUNTIME =
  'var gatehouseRuntime = { install: function (w, data, parts) { w.data = data; w.parts = Object.keys(parts).map(' +
  'function (name) { return [name, parts[name]().run()]; }); } };';

async function folderWith(parts: Record<string, string>): Promise<string> {
  const folder = await tempFolder();
  for (const [name, code] of Object.entries(parts)) await writeFile(join(folder, `${name}.js`), code);
  return folder;
}

function part(value: string): string {
  return `var gatehousePart = { run: function () { return ${JSON.stringify(value)}; } };`;
}

function run(source: string | undefined): { data?: unknown; parts?: unknown } {
  const window = {};
  runInNewContext(source ?? '', { window });
  return JSON.parse(JSON.stringify(window));
}

const noStrings: ScriptPlan['strings'] = new Map();
const defaults: ScriptPlan['defaults'] = new Map();
const personCss: ScriptPlan['personCss'] = new Map();

describe('the client script', () => {
  it('carries the parts of the mods that are on, in their order, and no other', async () => {
    const folder = await folderWith({ runtime: RUNTIME, a: part('A'), b: part('B'), c: part('C') });
    const client = [
      { name: 'c', options: 1 },
      { name: 'a', options: { list: [null] } },
    ];
    const script = await createClientScript({
      folder,
      plan: { client, strings: noStrings, defaults, personCss },
    });
    expect(run(script?.source)).toEqual({
      data: {
        strings: {},
        defaults: {},
        styles: [],
        mods: client.map(({ name, options }) => ({ name, part: name, options })),
      },
      parts: [
        ['c', 'C'],
        ['a', 'A'],
      ],
    });
  });

  it('marks the texts that are shown as HTML', async () => {
    const folder = await folderWith({ runtime: RUNTIME, languages: 'var gatehouseLanguages = {};' });
    const strings: ScriptPlan['strings'] = new Map([
      ['ButtonForgotPassword', { mod: 'a', translations: { en: 'Help' } }],
      ['MessageContactAdminToResetPassword', { mod: 'a', translations: { en: 'Ask', de: 'Frag' } }],
    ]);
    const script = await createClientScript({ folder, plan: { client: [], strings, defaults, personCss } });
    expect(run(script?.source).data).toEqual({
      strings: {
        ButtonForgotPassword: { isHtml: false, translations: { en: 'Help' } },
        MessageContactAdminToResetPassword: { isHtml: true, translations: { en: 'Ask' } },
      },
      defaults: {},
      styles: [],
      mods: [],
    });
    expect(script?.languages).toEqual([
      {
        name: expect.stringMatching(/^[\w-]{22}-de\.json$/),
        source: '{".MessageContactAdminToResetPassword":"Frag"}',
      },
    ]);
  });

  it('has the texts of parts in a file a language, of the mods that are on alone, and English in itself', async () => {
    const folder = await folderWith({
      runtime: RUNTIME,
      languages: 'var gatehouseLanguages = {};',
      a: 'var text = gatehouseText("a.close", "Close"); var gatehousePart = { run: function () { return text.en; } };',
      b: part('B'),
    });
    const texts = { close: { en: 'Close', de: 'Schließen', 'pt-br': 'Fechar' } };
    await writeFile(join(folder, 'a.texts.json'), JSON.stringify(texts));
    await writeFile(join(folder, 'b.texts.json'), JSON.stringify({ other: { en: 'Other', ja: '他' } }));
    const plan = { client: [{ name: 'a', options: 1 }], strings: noStrings, defaults, personCss };
    const script = await createClientScript({ folder, plan });
    expect(run(script?.source).parts).toEqual([['a', 'Close']]);
    expect(script?.languages.map(({ name, source }) => [name.slice(23), source])).toEqual([
      ['de.json', '{"a.close":"Schließen"}'],
      ['pt-br.json', '{"a.close":"Fechar"}'],
    ]);
    expect(script?.source).not.toMatch(/Schließen|Fechar/);
  });

  it('carries what tells settings only where there are any', async () => {
    const settings = "var gatehouseSettings = 'told';";
    const folder = await folderWith({
      runtime: 'var gatehouseRuntime = { install: function (w, d, p, s) { w.data = s ? s() : "none"; } };',
      ...{ settings, a: part('A') },
    });
    const sources = await Promise.all(
      [defaults, new Map([['screensaver', { value: 'none', isForced: false }]] as const)].map(
        async (some) => {
          const client = [{ name: 'a', options: 1 }];
          const plan = { client, strings: noStrings, defaults: some, personCss };
          return (await createClientScript({ folder, plan }))?.source;
        },
      ),
    );
    expect(sources.map((source) => run(source).data)).toEqual(['none', 'told']);
    expect(sources[0]).not.toContain('gatehouseSettings');
  });

  it('is not there when nothing has to run in the browser', async () => {
    const folder = await folderWith({});
    expect(
      await createClientScript({ folder, plan: { client: [], strings: noStrings, defaults, personCss } }),
    ).toBeUndefined();
  });

  it('hands over hostile options as they are, without ending the script or its element', async () => {
    const folder = await folderWith({ runtime: RUNTIME, a: part('A') });
    const text = '</script><!--<script>\u2028\u2029"\'\\`';
    const options = JSON.parse(`{"__proto__":{"text":"x"},"constructor":1}`);
    const client = [
      { name: 'a', options: text },
      { name: 'a', options },
    ];
    const script = await createClientScript({
      folder,
      plan: { client, strings: noStrings, defaults, personCss },
    });
    expect(script?.source).not.toMatch(/<|[\u2028\u2029]/);
    expect(JSON.stringify(run(script?.source).data)).toBe(
      JSON.stringify({
        strings: {},
        defaults: {},
        styles: [],
        mods: client.map(({ name, options }) => ({ name, part: name, options })),
      }),
    );
  });

  it('has a hash that changes with the code and with the options', async () => {
    const hashes = await Promise.all(
      [
        { code: part('A'), options: 1 },
        { code: part('B'), options: 1 },
        { code: part('A'), options: 2 },
      ].map(async ({ code, options }) => {
        const folder = await folderWith({ runtime: RUNTIME, a: code });
        const script = await createClientScript({
          folder,
          plan: { client: [{ name: 'a', options }], strings: noStrings, defaults, personCss },
        });
        return script?.hash;
      }),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('leaves out a mod whose part is not there, and says which', async () => {
    const folder = await folderWith({ runtime: RUNTIME, b: part('B') });
    const failures: ModFailure[] = [];
    const client = ['a', 'b'].map((name) => ({ name, options: null }));
    const script = await createClientScript({
      folder,
      plan: { client, strings: noStrings, defaults, personCss },
      onFailure: (failure) => failures.push(failure),
    });
    expect(run(script?.source).parts).toEqual([['b', 'B']]);
    expect(failures.map(({ mod, hook }) => `${mod} ${hook}`)).toEqual(['a client']);
    expect(String(failures[0]?.error)).toContain('run "npm run build:web"');
  });

  it('cannot be made without the runtime', async () => {
    const folder = await folderWith({ a: part('A') });
    const making = createClientScript({
      folder,
      plan: { client: [{ name: 'a', options: 1 }], strings: noStrings, defaults, personCss },
    });
    await expect(making).rejects.toThrow(ClientPartMissingError);
  });
});
