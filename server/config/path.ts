/** Way to a value: keys of maps and numbers of list entries. */
export type Path = readonly PropertyKey[];

/** What a field's name looks like. With a slip of punctuation a password or key becomes a name; it fits no such pattern. */
const NAME = /^[A-Za-z][A-Za-z_-]{0,39}\d{0,2}$/;

/** As written in problems: `menu.links[0].url`; empty for the whole. What does not look like a name is not repeated. */
export function formatPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += `${text === '' ? '' : '.'}${NAME.test(String(segment)) ? String(segment) : '…'}`;
  }
  return text;
}

/** The value at the end of the path, or undefined when there is no such place. */
export function valueAt(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}

/** Is this a map, as YAML gives it? */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
