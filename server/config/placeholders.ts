import type { Half } from './config.ts';
import { type Finding, withDescription } from './findings.ts';
import type { JsonSchema } from './json-schema.ts';
import { isMap, type Path, valueAt } from './path.ts';

/** What config.example.yaml has where a secret belongs: `paste-the-key-here`, also behind a number, or an address with `user:password`. */
const PLACEHOLDER = /^(?:\d{1,20}:)?paste-[a-z0-9-]{1,60}-here$|^[a-z+]{1,20}:\/\/user:password@/i;

/**
 * Finds values that were copied from config.example.yaml and stand for one's own. What only two processes read is left
 * alone where there is one.
 *
 * @param tree The configuration as written.
 * @param schema Makes its JSON schema, which says what each field is for; asked only where there is something to tell.
 */
export function findPlaceholders(
  tree: Record<string, unknown>,
  schema: () => JsonSchema,
  only: Half | undefined,
): Finding[] {
  const { service, ...rest } = tree;
  return walk(only === undefined ? rest : { ...rest, service }, []).map((path) => {
    const sentence =
      'is still the placeholder of config.example.yaml; write your own in its place, or remove what you do not use';
    return { path, message: withDescription(sentence, path, schema()), part: 'value' };
  });
}

/** Whether a field has a value that is no placeholder. @param tree The configuration as written; undefined: there is none. */
export function isFilledIn(tree: Record<string, unknown> | undefined, path: Path): boolean {
  const value = valueAt(tree, path);
  return value !== undefined && value !== '' && walk(value, []).length === 0;
}

function walk(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return PLACEHOLDER.test(value) ? [path] : [];
  return isMap(value) ? Object.entries(value).flatMap(([name, inner]) => walk(inner, [...path, name])) : [];
}
