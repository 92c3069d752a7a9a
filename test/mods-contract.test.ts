import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { buildClient } from '../build/client.ts';
import { GENERATED } from '../build/generate.ts';
import { findStalePages } from '../build/mod-gallery.ts';
import { createClientScript } from '../injector/client-script.ts';
import { LANGUAGES } from '../injector/kit/translations.ts';
import { MODS } from '../injector/mods/all.ts';
import { MOD_LIST } from '../injector/mods/index.ts';
import { applyToJson, applyToPage, planOf } from './support/mods/apply-plan.ts';
import { readGoldenCases } from './support/mods/golden-case.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'injector/mods');
const cases = readGoldenCases(folder);

interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  /** What a text must look like, so that it is none of their own. */
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
}

/** A text in our languages; English is what all others fall back to. */
const TRANSLATIONS = z.strictObject({
  en: z.string().min(1),
  ...Object.fromEntries(
    LANGUAGES.slice(1).map((language) => [language.toLowerCase(), z.string().min(1).optional()]),
  ),
});

/** Every option below a schema, with its path. */
function optionsIn(schema: JsonSchema, path = ''): { path: string; description: string }[] {
  const inside = [schema.items, ...(schema.anyOf ?? [])].filter((part) => part !== undefined);
  return [
    ...inside.flatMap((part) => optionsIn(part, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, option]) => [
      { path: `${path}.${name}`, description: option.description ?? '' },
      ...optionsIn(option, `${path}.${name}`),
    ]),
  ];
}

/** Whether an admin may write some text of their own below a schema. */
function takesText({ type, enum: choices, pattern, properties, items, anyOf }: JsonSchema): boolean {
  const inside = [
    ...(items === undefined ? [] : [items]),
    ...(anyOf ?? []),
    ...Object.values(properties ?? {}),
  ];
  return (type === 'string' && choices === undefined && pattern === undefined) || inside.some(takesText);
}

/** Short enough for the shortest option. */
const HOSTILE = `"'\`</script></style><!--<script>\u2028\${x}`;

/** May be the name of a file. */
const HOSTILE_NAME = `')};\u2028\${x}`;

/** The options with one text at a time made hostile. */
function hostileVersions(options: unknown): unknown[] {
  if (typeof options === 'string') return [HOSTILE, `${options}${HOSTILE}`, HOSTILE_NAME];
  if (typeof options !== 'object' || options === null) return [];
  return Object.entries(options).flatMap(([key, value]) =>
    hostileVersions(value).map((changed) =>
      Array.isArray(options)
        ? options.map((entry, index) => (String(index) === key ? changed : entry))
        : { ...options, [key]: changed },
    ),
  );
}

describe('the list of mods', () => {
  it('has every folder once, and nothing else', () => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(MODS.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    const loose = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
    expect(loose.map(({ name }) => name).toSorted()).toEqual(['all.ts', 'index.ts']);
    for (const name of names) expect(readdirSync(join(folder, name)), name).toContain('mod.ts');
  });

  it.each(MODS)('loads $name where it is named, and unnamed only if it is on by itself', async (mod) => {
    expect(MOD_LIST.names.filter((_, at) => MODS[at] === mod)).toEqual([mod.name]);
    expect(await MOD_LIST.load([mod.name, 'no-such-mod'])).toContain(mod);
    expect((await MOD_LIST.load([])).includes(mod)).toBe(mod.defaults !== undefined);
  });

  it('has no mod that minds being left out, unless it is on by itself', () => {
    const rest = {
      reset: { lead: 'pin-page', asksPin: true, channels: ['mail'] } as const,
      publicUrl: undefined,
      isLoginThrottled: true,
    };
    const others = MODS.filter(({ defaults }) => defaults === undefined);
    const minding = others.filter((mod) => (mod.check?.(undefined, rest) ?? []).length > 0);
    expect(minding.map(({ name }) => name)).toEqual([]);
  });

  it('is all that knows a mod by its name, but for what Jellyfin itself calls so', () => {
    // Routes and classes of Jellyfin's, and what of ours is older than the mod of the same name.
    const others = new Set(['forgot-password', 'login-throttle', 'hide', 'fonts', 'icons']);
    const names = MODS.map(({ name }) => name).filter((name) => !others.has(name));
    const files = ['server', 'ui', 'build', 'injector'].flatMap((house) =>
      readdirSync(join(root, house), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !(house === 'injector' && file.startsWith('mods')))
        // What proposes mods to who moves here names them; a test of its own holds it to them.
        .filter((file) => file !== join('suggest', 'proposals.ts'))
        .map((file) => join(root, house, file)),
    );
    expect(files.length).toBeGreaterThan(200);
    const knowing = files.filter((file) => {
      const code = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
      return names.some((name) => code.includes(`'${name}'`) || code.includes(`mods.${name}`));
    });
    expect(knowing).toEqual([]);
    const ofConfig = files.filter((file) => file.includes(join('server', 'config')));
    const byAnyName = ofConfig.filter((file) => {
      const code = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
      return MODS.some(({ name }) => code.includes(`'${name}'`));
    });
    expect(byAnyName).toEqual([]);
  });

  it.each(GENERATED)('stands in $file as it is; if not, run "npm run generate"', ({ file, put }) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(put(text, MODS)).toBe(text);
  });

  it('is all that docs/mods has pages and pictures of; if not, run "npm run generate"', () => {
    expect(findStalePages(root, MODS)).toEqual([]);
  });
});

describe.each(MODS)('mod $name', (mod) => {
  const own = cases.filter((golden) => golden.mod === mod.name);

  it('has a kebab-case name and a title of at most 60 characters without a full stop', () => {
    expect(mod.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(mod.title).toMatch(/^.{1,59}[^.]$/);
  });

  it('describes every option in a sentence', () => {
    const schema = z.toJSONSchema(mod.options, { io: 'input' }) as JsonSchema;
    const options = optionsIn(schema);
    expect(options.length).toBeGreaterThan(0);
    for (const { path, description } of options) expect(`${path}: ${description}`).toMatch(/: [A-Z"].*\.$/);
  });

  it('takes its own example, and refuses a key it does not know', () => {
    expect(mod.options.safeParse(mod.example).error).toBeUndefined();
    const misspelt = mod.options.safeParse({ ...Object(mod.example), opttion: 1 });
    expect(misspelt.error?.issues.map(({ code }) => code)).toEqual(['unrecognized_keys']);
  });

  it('has at least one case in its folder', () => {
    expect(own.length).toBeGreaterThan(0);
  });

  it('has texts that a translator can edit: each in English, and with the same places to fill in in each language', () => {
    const file = join(folder, mod.name, 'texts.json');
    const texts: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const code = readdirSync(join(folder, mod.name)).filter((name) => name.endsWith('.ts'));
    const users = code.map((name) => readFileSync(join(folder, mod.name, name), 'utf8')).join('\n');
    for (const [key, translations] of Object.entries(z.record(z.string(), TRANSLATIONS).parse(texts))) {
      const places = Object.values(translations).map((text) => text.match(/\{\d\}/g) ?? []);
      for (const found of places) expect(found, key).toEqual(places[0]);
      expect(users, `nobody uses ${key}`).toMatch(new RegExp(`\\b${key}\\b`));
    }
  });

  it('has a part in the browser exactly when it gives options to one', () => {
    const isGiven = own.some(({ parts }) => parts.has('browser'));
    expect(existsSync(join(folder, mod.name, 'mod.client.ts'))).toBe(isGiven);
  });
});

let clientFolder: string;
beforeAll(async () => {
  clientFolder = await mkdtemp(join(tmpdir(), 'gatehouse-client-'));
  await buildClient(root, clientFolder);
});
afterAll(() => rm(clientFolder, { recursive: true }));

it('parts in the browser carry no code of the compiler: spreading an object costs half a kB in each that does', () => {
  const files = readdirSync(clientFolder);
  expect(files.length).toBeGreaterThan(10);
  const carrying = files.filter((file) =>
    readFileSync(join(clientFolder, file), 'utf8').includes('getOwnPropertyDescriptor'),
  );
  expect(carrying).toEqual([]);
});

describe('hostile texts in options', () => {
  const seeds = cases.map(({ mod, name, parts }) => ({
    mod,
    name,
    options: parse(parts.get('options') ?? ''),
  }));

  it.each(seeds)('stay texts: $mod ($name)', async ({ mod: name, options }) => {
    const mod = MODS.find((candidate) => candidate.name === name);
    if (mod === undefined) throw new Error(name);
    const taken = hostileVersions(options).filter((changed) => mod.options.safeParse(changed).success);
    for (const changed of taken) {
      const plan = planOf([{ mod, options: changed }]);
      const page = load(applyToPage(plan, '<html><head><title>Jellyfin</title></head><body></body></html>'));
      // A file of the admin's that is served as a script is one; no text becomes another.
      expect(page('script:not([src^="../gatehouse/mods/"]), style').length).toBe(0);
      for (const script of page('script').toArray()) expect(page(script).text()).toBe('');
      expect(() => JSON.parse(applyToJson(plan, 'config', '{"menuLinks":[]}') ?? '')).not.toThrow();
      expect(() => JSON.parse(applyToJson(plan, 'branding', '{}') ?? '')).not.toThrow();
      const script = await createClientScript({ folder: clientFolder, plan });
      if (script === undefined) continue;
      expect(script.source).not.toMatch(/<\/?script|<!--|[\u2028\u2029]/i);
      expect(() => new Script(script.source)).not.toThrow();
    }
  });

  it('are taken as options somewhere, so that the test above tests something', () => {
    const taken = seeds.filter(({ mod: name, options }) => {
      const mod = MODS.find((candidate) => candidate.name === name);
      return hostileVersions(options).some((changed) => mod?.options.safeParse(changed).success);
    });
    const withText = MODS.filter(({ options }) =>
      takesText(z.toJSONSchema(options, { io: 'input' }) as JsonSchema),
    );
    expect(withText.length).toBeGreaterThan(0);
    expect(new Set(taken.map(({ mod }) => mod))).toEqual(new Set(withText.map(({ name }) => name)));
  });
});
