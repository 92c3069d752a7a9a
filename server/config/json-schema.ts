import { z } from 'zod';
import type { Path } from './path.ts';

/** A JSON schema, or a part of one, as far as we look into it. */
export interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

/** The JSON schema of any zod schema, input side; for listing a mod's options. */
export function describeSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** The schema itself and everything it may be instead. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...inner.flatMap(alternatives)];
}

/** The fields that may stand directly in a value of this schema, by name. */
export function fieldsOf(schema: JsonSchema): Map<string, JsonSchema> {
  const fields = new Map<string, JsonSchema>();
  for (const alternative of alternatives(schema)) {
    for (const [name, field] of Object.entries(alternative.properties ?? {})) fields.set(name, field);
  }
  return fields;
}

/** The schema of the field at the path; undefined when the schema has no such field. */
export function fieldAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
  let field: JsonSchema | undefined = schema;
  for (const segment of path) {
    if (field === undefined) return undefined;
    field =
      typeof segment === 'number'
        ? alternatives(field).find((alternative) => alternative.items !== undefined)?.items
        : fieldsOf(field).get(String(segment));
  }
  return field;
}

/** Every field there is, sections before what is in them. */
export function* walkFields(
  schema: JsonSchema,
  path: readonly string[] = [],
): Generator<[string[], JsonSchema]> {
  for (const [name, field] of fieldsOf(schema)) {
    yield [[...path, name], field];
    yield* walkFields(field, [...path, name]);
  }
}

/** Types a value of this schema may have, as JSON schema names them. */
export function typesOf(schema: JsonSchema): Set<string> {
  return new Set(alternatives(schema).flatMap(({ type }) => type ?? []));
}
