import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { filesIn } from '../../../injector/kit/file-option.ts';
import { MODS } from '../../../injector/mods/all.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { alternatives, fieldsOf, type JsonSchema, walkFields } from '../../../server/config/json-schema.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { formatPath, valueAt } from '../../../server/config/path.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { createJsonSchema } from '../../../server/config/schema.ts';
import { writeNamedFiles } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const schema = createJsonSchema(MODS, CHANNELS);
const example = await readFile('config.example.yaml', 'utf8');
/** With everything switched on that a `#` right before its name switches off. */
const inFull = example.replaceAll(/^( *)#(?=\S)/gm, '$1');
/** Of fields that say the same in two ways, the way that is not taken where everything is switched on. */
const OTHER_WAYS = ['provider', 'user', 'password', 'oauth2', 'dkim'];
/** As much as fits together. */
const inFullTogether = (): string => {
  const document = parseDocument(inFull);
  for (const field of OTHER_WAYS) document.deleteIn(['mail', field]);
  return document.toString();
};
/** With something in place of what stands for one's own secrets. */
const withOwnSecrets = (text: string): string =>
  text.replaceAll(/paste-[a-z0-9-]+-here/g, '0a1b2c3d'.repeat(5)).replaceAll('user:password@', 'ada:0a1b2c@');

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

  it('is refused as it stands, by the places where own secrets belong', async () => {
    const load = (only?: 'reset') =>
      loadConfig({
        configPath: 'config.example.yaml',
        environment: {},
        mods: MOD_LIST,
        channels: CHANNELS,
        only,
      });
    const placesOf = (error: ConfigError) => error.problems.map(({ path }) => path);
    const found: unknown = await load().catch((error: unknown) => error);
    expect(found).toBeInstanceOf(ConfigError);
    expect(placesOf(found as ConfigError)).toEqual(['jellyfin.apiKey', 'mail.url']);
    const foundApart = (await load('reset').catch((error: unknown) => error)) as ConfigError;
    expect(placesOf(foundApart)).toEqual(['jellyfin.apiKey', 'mail.url', 'service.secret']);
  });

  it('loads with own secrets in it', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, withOwnSecrets(example));
    const config = await loadConfig({
      configPath: file,
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
    });
    expect(config.reset?.publicUrl).toBe('https://media.example.org');
    expect(config.enabledMods).toEqual({
      'forgot-password': { show: 'check-your-messages', channels: ['mail'] },
      'login-throttle': { resets: true },
      'account-entry': { inMenu: true },
      'contact-reminder': { days: 14 },
    });
  });

  it('loads with everything in it switched on', async () => {
    const folder = await tempFolder();
    const file = join(folder, 'config.yaml');
    await writeFile(file, withOwnSecrets(inFullTogether()));
    await writeFile(join(folder, 'logo.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
    await writeNamedFiles(folder, filesIn(MODS.map(({ options, example: used }) => options.parse(used))));
    const config = await loadConfig({
      configPath: file,
      environment: {},
      mods: MOD_LIST,
      channels: CHANNELS,
    });
    expect(Object.keys(config.enabledMods)).toEqual(MODS.map(({ name }) => name));
  });

  it('shows every field there is, but of mods that are off those of an example', () => {
    const tree: unknown = parse(inFull);
    const isOn = new Set(MODS.filter(({ defaults }) => defaults !== undefined).map(({ name }) => name));
    const isShown = ([section, mod, part]: (string | number)[]): boolean =>
      section !== 'mods' ||
      mod === undefined ||
      (isOn.has(String(mod)) ? part !== 'when' && part !== 0 : part === undefined);
    const missing = [...walkWithEntries(schema)].filter(
      ([path]) => valueAt(tree, path) === undefined && isShown(path),
    );
    expect(missing.map(([path]) => formatPath(path))).toEqual([]);
  });

  it('shows the defaults where there are any', () => {
    const tree: unknown = parse(inFull);
    for (const [path, field] of walkFields(schema)) {
      if ('default' in field && field.properties === undefined && path[0] !== 'mods')
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
