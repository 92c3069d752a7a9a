import { join } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import { type AddedMod, LOCK_FILE, readAddedMods } from '../../injector/files/lock-file.ts';
import { isSame, type UpdatedAddress, updateFiles } from '../../injector/files/update-files.ts';
import { DATA_MODS_FOLDER, type DataModDefinition } from '../../injector/kit/data-mod-schema.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { modNameOf } from '../../injector/kit/entries.ts';
import { filesIn } from '../../injector/kit/file-option.ts';
import { MODS } from '../../injector/mods/all.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { readDataMods } from '../config/data-mods.ts';
import { alternatives, describeSchema, fieldsOf, type JsonSchema } from '../config/json-schema.ts';
import { ConfigError, formatProblems } from '../config/problems.ts';
import { oneLine } from '../messages/messages.ts';
import { codeNotice } from '../own-mods/describe-data-mod.ts';
import { configurationFolder, isConfigured, readConfiguration } from '../program/configuration.ts';
import { configOption, jsonOption, printJson, refuseStrayArguments, takeWord } from './options.ts';
import { modsAddCommand, modsNewCommand } from './own-mods.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const listOptions = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** `gatehouse mods list`: every mod with what it is for, the versions it was proved on, its options, and whether it is on. */
export const modsListCommand = defineCommand({
  meta: {
    name: 'list',
    description: 'List the mods: what each is for, its Jellyfin versions and its options, and which are on.',
  },
  args: listOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, listOptions);
      const on = await namesOn(args.config);
      const folder = configurationFolder(args.config);
      const own = await readDataMods(folder, MOD_LIST.names);
      const added = await readAddedMods(join(folder, LOCK_FILE)).catch(() => new Map());
      const notes = (mod: Mod): string[] => [
        ...(on?.has(mod.name) === true ? ['on'] : []),
        ...(mod.definition === undefined ? [] : notesOfData(mod.definition as DataModDefinition, added)),
      ];
      const usable = own.mods.filter(({ name }) => !own.problems.has(name));
      const mods = [...MODS, ...usable];
      const all = mods.map((mod) => describeMod(mod, notes(mod)));
      if (args.json === true)
        printJson(
          mods.map(({ name, title, jellyfin, definition }) => ({
            ...{ name, title, jellyfin, isOn: on?.has(name) ?? null, isOwn: definition !== undefined },
          })),
        );
      else process.stdout.write(`${all.join('\n\n')}\n`);
      for (const problems of own.problems.values()) process.stderr.write(`${formatProblems(problems)}\n`);
      if (on === undefined)
        process.stderr.write('which of them are on is not known: gatehouse check says what is wrong\n');
    }),
});

function notesOfData(definition: DataModDefinition, added: ReadonlyMap<string, AddedMod>): string[] {
  const code = codeNotice(definition);
  const origins = [...added].filter(([, { mod }]) => mod === definition.name);
  return [
    `your own, in ${DATA_MODS_FOLDER}/${definition.name}`,
    ...origins.map(([address, { fetched }]) => `from ${oneLine(address)}, ${oneLine(fetched)}`),
    ...(code === undefined ? [] : [code]),
  ];
}

/** Names of the mods that are on; none where there is no configuration, undefined where it cannot be used. */
async function namesOn(configPath: string | undefined): Promise<ReadonlySet<string> | undefined> {
  if (!isConfigured(configPath)) return new Set();
  try {
    const { enabledMods } = (await readConfiguration(configPath)).config;
    return new Set(Object.keys(enabledMods).map(modNameOf));
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/**
 * `gatehouse mods update [NAME]`: fetches what mods name by a web address anew, says what is different, and writes it into
 * `mods.lock.yaml`; a server that runs takes it up. Where something cannot be had, it stays as it was, and the command ends with 1.
 */
export const modsUpdateCommand = defineCommand({
  meta: {
    name: 'update',
    description:
      'Take what the web addresses in config.yaml have now, of one mod or of all, and say what is different.',
  },
  args: {
    name: { type: 'positional', required: false, valueHint: 'NAME', description: 'The mod. Default: all.' },
    ...listOptions,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const isNamed = args.name !== undefined;
      if (!isNamed) refuseStrayArguments(rawArgs, listOptions);
      const name = isNamed ? takeWord(rawArgs, listOptions, 'NAME') : undefined;
      const { enabledMods, files } = (await readConfiguration(args.config)).config;
      const wanted = Object.entries(enabledMods).filter(
        ([id]) => name === undefined || modNameOf(id) === name,
      );
      if (name !== undefined && wanted.length === 0)
        throw new UsageError(`no mod "${name}" is on in ${files.folder}; gatehouse mods lists all there are`);
      const options = wanted.map(([, value]) => value);
      const isWhole = name === undefined;
      const { addresses, problems } = await updateFiles(files, filesIn(options), {
        isWhole,
        now: Date.now(),
      });
      const changes = addresses.filter((one) => !isSame(one));
      const same = addresses.length - changes.length;
      if (args.json === true) printJson({ changes, same });
      else {
        for (const change of changes) process.stdout.write(`${describeChange(change)}\n`);
        process.stdout.write(
          `${changes.length} ${changes.length === 1 ? 'address' : 'addresses'} changed, ${same} ${same === 1 ? 'is' : 'are'} the same\n`,
        );
      }
      if (problems.length === 0) return;
      const stays = problems.map(({ file, message }) => `${file.from} stays as it was: it ${message}`);
      throw new Error(stays.join('\ngatehouse: '));
    }),
});

/** `gatehouse mods`: the mods there are; alone it lists them. */
export const modsCommand = defineCommand({
  default: 'list',
  subCommands: {
    list: modsListCommand,
    new: modsNewCommand,
    add: modsAddCommand,
    suggest: () => import('./mods-suggest.ts').then((file) => file.modsSuggestCommand),
    update: modsUpdateCommand,
  },
});

function describeChange({ address, before, after }: UpdatedAddress): string {
  if (after === undefined) return `${address}: nothing names it any more`;
  const now = describeEntry(after);
  return before === undefined ? `${address}: new, ${now}` : `${address}: ${describeEntry(before)} -> ${now}`;
}

function describeEntry(entry: NonNullable<UpdatedAddress['after']>): string {
  if ('absent' in entry) return `nothing (${entry.absent})`;
  return `${entry.bytes} bytes, sha256 ${entry.sha256.slice(0, 12)}…, of ${entry.fetched}`;
}

/** Writes a mod as the command lists it: name and title, versions, what else is known, then one paragraph an option. */
export function describeMod({ name, title, jellyfin, options }: Mod, notes: readonly string[] = []): string {
  const lines = describeFields(describeSchema(options), '  ');
  return [
    `${name}  ${title}`,
    `  Jellyfin ${jellyfin}`,
    ...notes.map((note) => `  ${note}`),
    ...(lines.length === 0 ? ['  no options'] : lines),
  ].join('\n');
}

function describeFields(schema: JsonSchema, indent: string): string[] {
  const required = alternatives(schema).flatMap((alternative) => alternative.required ?? []);
  return [...fieldsOf(schema)].flatMap(([name, field]) => {
    const need = required.includes(name) ? 'needed' : describeDefault(field);
    const head = `${indent}${name} (${need})${field.description === undefined ? '' : `: ${field.description}`}`;
    const entries = alternatives(field).flatMap(({ items }) => (items === undefined ? [] : [items]));
    return [head, ...[field, ...entries].flatMap((inner) => describeFields(inner, `${indent}  `))];
  });
}

function describeDefault(field: JsonSchema): string {
  return 'default' in field ? `default ${JSON.stringify(field.default)}` : 'may be left out';
}
