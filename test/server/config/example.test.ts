import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MODS } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { alternatives, fieldsOf, type JsonSchema, walkFields } from '../../../server/config/json-schema.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { formatPath, valueAt } from '../../../server/config/path.ts';
import { createJsonSchema } from '../../../server/config/schema.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const schema = createJsonSchema(MODS, CHANNELS);
const example = await readFile('config.example.yaml', 'utf8');
/** With everything switched on that a `#` right before its name switches off. */
const inFull = example.replaceAll(/^( +)#(?! )/gm, '$1');

/** Fields of list entries too, as the path of the first entry. */
function* walkWithEntries(
  part: JsonSchema,
  path: (string | number)[] = [],
): Generator<[(string | number)[], JsonSchema]> {
  for (const [name, field] of fieldsOf(part)) {
    yield [[...path, name], field];
    yield* walkWithEntries(field, [...path, name]);
    for (const { items } of alternatives(field))
      if (items !== undefined) yield* walkWithEntries(items, [...path, name, 0]);
  }
}

describe('config.example.yaml', () => {
  it('names the schema for editors in its first line', () => {
    expect(example.split('\n')[0]).toBe('# yaml-language-server: $schema=./config.schema.json');
  });

  it('loads as it stands', async () => {
    const config = await loadConfig({
      configPath: 'config.example.yaml',
      environment: {},
      mods: MODS,
      channels: CHANNELS,
    });
    expect(config.reset?.publicUrl).toBe('https://media.example.org');
    expect(config.enabledMods).toEqual({
      'forgot-password': { show: 'check-your-messages' },
      'login-throttle': { resets: true },
    });
  });

  it('loads with everything in it switched on', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, inFull);
    const config = await loadConfig({ configPath: file, environment: {}, mods: MODS, channels: CHANNELS });
    expect(Object.keys(config.enabledMods)).toEqual(MODS.map(({ name }) => name));
  });

  it('shows every field there is', () => {
    const tree: unknown = parse(inFull);
    const missing = [...walkWithEntries(schema)].filter(([path]) => valueAt(tree, path) === undefined);
    expect(missing.map(([path]) => formatPath(path))).toEqual([]);
  });

  it('shows the defaults where there are any', () => {
    const tree: unknown = parse(inFull);
    for (const [path, field] of walkFields(schema)) {
      if ('default' in field && field.properties === undefined)
        expect(valueAt(tree, path)).toEqual(field.default);
    }
  });
});

describe('config.schema.json', () => {
  it('is what `npm run build:schema` makes of the schema today', async () => {
    expect(JSON.parse(await readFile('config.schema.json', 'utf8'))).toEqual(schema);
  });

  it('describes every field in sentences', () => {
    const all = [...walkWithEntries(schema)];
    expect(all.length).toBeGreaterThan(35);
    const silent = all.filter(([, field]) => !/\S.*\.$/.test(field.description ?? ''));
    expect(silent.map(([path]) => formatPath(path))).toEqual([]);
  });

  it('lets no unknown name pass at any depth', () => {
    const groups = [schema, ...[...walkWithEntries(schema)].map(([, field]) => field)].flatMap(alternatives);
    const open = groups.filter(
      (group) => group.properties !== undefined && group['additionalProperties'] !== false,
    );
    expect(open).toEqual([]);
  });
});
