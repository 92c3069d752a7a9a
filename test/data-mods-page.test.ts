import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDataModSchema } from '../injector/kit/data-mod-schema.ts';
import { MAX_DATA_MODS, MAX_MOD_YAML_BYTES } from '../server/config/data-mods.ts';
import { alternatives, describeSchema, fieldsOf, type JsonSchema } from '../server/config/json-schema.ts';
import { MOD_SOURCE_LIMITS } from '../server/own-mods/mod-source.ts';

const PAGE = readFileSync('docs/data-mods.md', 'utf8');
const rows = [...PAGE.matchAll(/^\| `([^`]+)` \|/gm)].map(([, field = '']) => field);

/** Fields with their way: `[]` in a list; of groups that have a field for each key or setting one stands for all. */
function fieldsIn(schema: JsonSchema, path = ''): string[] {
  const isKeyed = path === 'texts';
  const all = isKeyed ? [] : [...fieldsOf(schema)];
  const own = all.flatMap(([name, field]) => {
    const way = path === '' ? name : `${path}.${path === 'defaults' ? '*' : name}`;
    const below = fieldsIn(field, way);
    return path === 'defaults' ? below : [way, ...below];
  });
  const entries = alternatives(schema).flatMap(({ items }) =>
    items === undefined ? [] : fieldsIn(items, `${path}[]`),
  );
  return [...new Set([...own, ...entries])];
}

describe('docs/data-mods.md', () => {
  it('has a row for each field of mod.yaml, in its order, and no other', () => {
    expect(rows).toEqual(fieldsIn(describeSchema(createDataModSchema('example'))));
  });

  it('says the limits', () => {
    const { files, bytes, bytesInAll } = MOD_SOURCE_LIMITS;
    const plain = PAGE.replaceAll(/\s+/g, ' ');
    expect(plain).toContain(`at most one \`mod.yaml\` of ${MAX_MOD_YAML_BYTES / 1024} kB`);
    expect(plain).toContain(`there are at most ${MAX_DATA_MODS} mods`);
    const megabytes = (count: number) => count / 1024 / 1024;
    expect(plain).toContain(
      `at most ${files}, ${megabytes(bytes)} MB each, ${megabytes(bytesInAll)} MB together`,
    );
  });
});
