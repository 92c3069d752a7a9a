import { z } from 'zod';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { type ChannelSection, createConfigSchema } from './schema.ts';

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

/** The JSON schema of what may be written in `config.yaml`, mods, channels and their options included, for editors. */
export function createJsonSchema(mods: readonly Mod[], channels: readonly ChannelSection[]): JsonSchema {
  return z.toJSONSchema(createConfigSchema(mods, channels), {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
}

/** The JSON schema of any zod schema, input side; for listing a mod's options. */
export function describeSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
