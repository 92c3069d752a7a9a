import { defineCommand } from 'citty';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { MODS } from '../../injector/mods/index.ts';
import { alternatives, describeSchema, fieldsOf, type JsonSchema } from '../config/json-schema.ts';
import { refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/** `gatehouse mods`: every mod with what it is for, the versions it was proved on, and its options. */
export const modsCommand = defineCommand({
  meta: {
    name: 'mods',
    description: 'List the mods: what each is for, its Jellyfin versions and its options.',
  },
  run: ({ rawArgs }) =>
    withPlainErrors(() => {
      refuseStrayArguments(rawArgs, {});
      process.stdout.write(`${MODS.map(describeMod).join('\n\n')}\n`);
    }),
});

/** Writes a mod as the command lists it: name and title, versions, then one paragraph an option. */
export function describeMod({ name, title, jellyfin, options }: Mod): string {
  const lines = describeFields(describeSchema(options), '  ');
  return [
    `${name}  ${title}`,
    `  Jellyfin ${jellyfin}`,
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
