import { isDeepStrictEqual } from 'node:util';
import { alternatives, fieldsOf, type JsonSchema } from '../server/config/json-schema.ts';

/**
 * Tells what options there are, as cells of a table below a row of headings: name, value, default (where one has any) and what it
 * is for, in Markdown.
 *
 * @param what Heading of the names.
 */
export function optionCells(schema: JsonSchema, what: string): string[][] {
  const rows = rowsOf(schema, '');
  const columns = [what, 'value', 'default', 'what it is for'];
  const shown = rows.every(([, , usual]) => usual === '') ? [0, 1, 3] : [0, 1, 2, 3];
  return [columns, ...rows].map((cells) => shown.map((at) => cells[at] ?? ''));
}

/** Writes a table of GitHub Flavored Markdown; the first row are its headings. */
export function table([heads = [], ...rows]: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The four cells of a row for each field, and behind it those of what is in it. */
function rowsOf(schema: JsonSchema, path: string): string[][] {
  const needed = new Set(alternatives(schema).flatMap(({ required }) => required ?? []));
  return [...fieldsOf(schema)].flatMap(([name, field]) => {
    const usual = field.default === undefined ? '' : code(literal(field.default));
    const row = [
      code(`${path}${name}`),
      valueIn(field),
      needed.has(name) ? 'needed' : usual,
      plain(field.description ?? ''),
    ];
    const entries = alternatives(field).flatMap(({ items }) => (items === undefined ? [] : [items]));
    return [
      row,
      ...rowsOf(field, `${path}${name}.`),
      ...entries.flatMap((items) => rowsOf(items, `${path}${name}[].`)),
    ];
  });
}

/** What may be written there, in words. */
function valueIn(schema: JsonSchema): string {
  const { type, items, minimum, maximum, additionalProperties } = schema;
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices !== undefined) return choices.map((choice) => code(literal(choice))).join(', ');
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (others.length > 0) return eitherOf(others);
  if (type === 'array') return listOf(items);
  if (type === 'object') {
    if (schema.properties !== undefined) return 'group';
    const value = typeof additionalProperties === 'object' ? valueIn(additionalProperties as JsonSchema) : '';
    return value === 'text' ? 'one text for each language' : `group of names, each with: ${value}`;
  }
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'string') return schema['format'] === 'uri' ? 'address' : 'text';
  if (type !== 'integer' && type !== 'number') return 'anything';
  const isBounded = typeof minimum === 'number' && typeof maximum === 'number';
  // Zod bounds whole numbers by what a double can hold; that says nothing to anybody.
  return isBounded && maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : 'number';
}

function listOf(items: JsonSchema | undefined): string {
  const one = items === undefined ? 'anything' : valueIn(items);
  return one === 'text' || one === 'group' || one === 'number' ? `list of ${one}s` : `list of ${one}`;
}

/** A value and a list of such values are said once. */
function eitherOf(choices: readonly JsonSchema[]): string {
  const [one, list] = choices;
  if (choices.length === 2 && one !== undefined && isDeepStrictEqual(list?.items, one))
    return `${valueIn(one)}; or a list of them`;
  return [...new Set(choices.map(valueIn))].join('; or ');
}

const literal = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value);

/** A code span in a cell of a table. Source: CommonMark section 6.1; GitHub Flavored Markdown, tables. */
function code(text: string): string {
  const escaped = text.replaceAll('|', '\\|');
  return text.includes('`') ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
}

/** Text in which Markdown finds nothing. Source: CommonMark section 2.4. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&]/g, '\\$&').replaceAll('\n', ' ');
}
