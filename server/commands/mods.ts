import { defineCommand } from 'citty';
import { DATA_MODS_FOLDER, type DataModDefinition } from '../../injector/kit/data-mod-schema.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { modNameOf } from '../../injector/kit/entries.ts';
import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { readDataMods } from '../config/data-mods.ts';
import { hasFields } from '../config/environment.ts';
import { findConfigFile, findConfigFolder } from '../config/files.ts';
import { alternatives, describeSchema, fieldsOf, type JsonSchema } from '../config/json-schema.ts';
import { loadConfig } from '../config/load.ts';
import { ConfigError, formatProblems } from '../config/problems.ts';
import { codeNotice } from '../own-mods/describe-data-mod.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { modsAddCommand, modsNewCommand } from './own-mods.ts';
import { withPlainErrors } from './plain-errors.ts';

const modsListCommand = defineCommand({
  meta: {
    name: 'list',
    description: 'List the mods: what each is for, its Jellyfin versions and its options, and which are on.',
  },
  args: configOption,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, configOption);
      const on = await namesOn(args.config);
      const own = await readDataMods(
        findConfigFolder({ configPath: args.config, environment: process.env }),
        MODS,
      );
      const notes = (mod: Mod): string[] => [
        ...(on?.has(mod.name) === true ? ['on'] : []),
        ...(mod.definition === undefined ? [] : notesOfData(mod.definition as DataModDefinition)),
      ];
      const usable = own.mods.filter(({ name }) => !own.problems.has(name));
      const all = [...MODS, ...usable].map((mod) => describeMod(mod, notes(mod)));
      process.stdout.write(`${all.join('\n\n')}\n`);
      for (const problems of own.problems.values()) process.stderr.write(`${formatProblems(problems)}\n`);
      if (on === undefined)
        process.stderr.write('which of them are on is not known: gatehouse check says what is wrong\n');
    }),
});

function notesOfData(definition: DataModDefinition): string[] {
  const code = codeNotice(definition);
  return [`your own, in ${DATA_MODS_FOLDER}/${definition.name}`, ...(code === undefined ? [] : [code])];
}

/** Names of the mods that are on; none where there is no configuration, undefined where it cannot be used. */
async function namesOn(configPath: string | undefined): Promise<ReadonlySet<string> | undefined> {
  const environment = process.env;
  if (findConfigFile({ configPath, environment }) === undefined && !hasFields(environment)) return new Set();
  try {
    const { enabledMods } = await loadConfig({ configPath, environment, mods: MODS, channels: CHANNELS });
    return new Set(Object.keys(enabledMods).map(modNameOf));
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** `gatehouse mods`: the mods there are; alone it lists them. */
export const modsCommand = defineCommand({
  meta: {
    name: 'mods',
    description: 'List the mods, begin one of your own, or add one from a folder or an archive.',
  },
  default: 'list',
  subCommands: {
    list: modsListCommand,
    new: modsNewCommand,
    add: modsAddCommand,
  },
});

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
