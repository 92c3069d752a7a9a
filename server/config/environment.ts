import { parseDocument } from 'yaml';
import { readText } from './files.ts';
import { fieldAt, type JsonSchema, typesOf, walkFields } from './json-schema.ts';
import { findNearest, fold } from './nearest.ts';
import { formatPath, isMap, type Path } from './path.ts';
import type { ConfigProblem } from './problems.ts';
import { recognizeUrlPart } from './url-parts.ts';

/** Environment variables by name, as in `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

/** One value that comes from the environment. */
export interface Override {
  readonly variable: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A variable that names an empty file. */
export interface EmptyFile {
  readonly variable: string;
  readonly path: readonly string[];
  /** It is one where nothing else gives the field a value: a secret must not be missed in silence. */
  readonly problem: ConfigProblem;
}

const MAX_SECRET_BYTES = 64 * 1024;
/** Of names that begin with `GATEHOUSE_`, not ours: what Kubernetes and Docker links set for a service that is called gatehouse. */
const FOREIGN =
  /_(?:SERVICE_HOST$|SERVICE_PORT(?:$|_.)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$)/i;

/**
 * Reads `GATEHOUSE_JELLYFIN__URL` and the like: `__` goes one level down, letter case and `_` in names do not count,
 * and a name with `_FILE` behind it takes the value from that file, without the line end. An empty variable counts
 * as not set; what names an empty file is told apart. Never throws.
 *
 * @param jsonSchema Makes the JSON schema of the configuration; asked only where a variable is meant for it.
 */
export async function readEnvironment(
  environment: Environment,
  jsonSchema: () => JsonSchema,
): Promise<{ overrides: Override[]; problems: ConfigProblem[]; emptyFiles: EmptyFile[] }> {
  if (!hasFields(environment)) return { overrides: [], problems: [], emptyFiles: [] };
  const schema = jsonSchema();
  const fields = new Map([...walkFields(schema)].map(([path]) => [path.map(fold).join('.'), path]));
  const find = (name: string) => fields.get(name.split('__').map(fold).join('.'));
  const overrides: Override[] = [];
  const problems: ConfigProblem[] = [];
  const emptyFiles: EmptyFile[] = [];
  for (const [variable, content] of Object.entries(environment)) {
    if (content === undefined || !isField(variable, content)) continue;
    const name = variable.slice('GATEHOUSE_'.length);
    const isFromFile = find(name) === undefined && /_FILE$/i.test(name);
    const path = find(isFromFile ? name.slice(0, -'_FILE'.length) : name);
    const problemOf = (message: string): ConfigProblem => ({
      ...{ file: variable, line: undefined, column: undefined, path: formatPath(path ?? []), message },
    });
    const report = (message: string) => problems.push(problemOf(message));
    if (path === undefined) {
      report(describePart(name, environment) ?? describeUnknown(name, fields.values()));
      continue;
    }
    const twin = overrides.find((other) => formatPath(other.path) === formatPath(path));
    if (twin !== undefined) report(`sets the same field as ${twin.variable}; keep one`);
    const read = isFromFile ? await readText(content, MAX_SECRET_BYTES) : { text: content };
    if ('fault' in read) {
      report(`names a file that ${read.fault.split('; make it', 1)[0]}`);
      continue;
    }
    const text = isFromFile ? read.text.replace(/\r?\n$/, '') : read.text;
    if (text === '') emptyFiles.push({ variable, path, problem: problemOf('names a file that is empty') });
    else overrides.push({ variable, path, value: understand(text, fieldAt(schema, path) ?? {}) });
  }
  return { overrides, problems, emptyFiles };
}

/** Whether any variable is meant for the configuration. */
export function hasFields(environment: Environment): boolean {
  return Object.entries(environment).some(
    ([variable, content]) => content !== undefined && isField(variable, content),
  );
}

function isField(variable: string, content: string): boolean {
  if (content === '' || !/^GATEHOUSE_/i.test(variable)) return false;
  return variable.toUpperCase() !== 'GATEHOUSE_CONFIG' && !isForeign(variable, content);
}

function isForeign(variable: string, content: string): boolean {
  return FOREIGN.test(variable) || (/_PORT$/i.test(variable) && /^(?:tcp|udp|sctp):\/\//.test(content));
}

function describeUnknown(name: string, paths: Iterable<readonly string[]>): string {
  const bare = name.replace(/_FILE$/i, '');
  const near = nearVariables(bare, [...paths]).map((variable) =>
    bare === name ? variable : `${variable}_FILE`,
  );
  const hint =
    near.length === 0
      ? 'the form is GATEHOUSE_SECTION__FIELD, such as GATEHOUSE_JELLYFIN__URL'
      : `did you mean ${near.length === 1 ? '' : 'one of '}${near.join(', ')}?`;
  return `is no field of the configuration; ${hint}`;
}

/** Whole variables that may be meant by one that is none: the nearest, else all of the section it seems to be in. */
function nearVariables(bare: string, paths: readonly (readonly string[])[]): string[] {
  const parts = bare.split('__');
  // A section is not what is meant where a field of it was named.
  const names = paths
    .filter((path) => path.length >= parts.length)
    .map((path) => variableOf(path).slice('GATEHOUSE_'.length));
  const near =
    findNearest(bare, names) ?? names.find((other) => fold(other.split('__').at(-1) ?? '') === fold(bare));
  if (near !== undefined) return [`GATEHOUSE_${near}`];
  let among = paths;
  for (const [level, part] of parts.entries()) {
    const keys = [...new Set(among.flatMap((path) => path[level] ?? []))];
    const key = findNearest(part, keys) ?? keys.find((one) => part !== '' && fold(one).endsWith(fold(part)));
    if (key === undefined)
      return level === 0 ? [] : among.filter((path) => path.length === level + 1).map(variableOf);
    among = among.filter((path) => path[level] === key);
  }
  return among.filter((path) => path.length === parts.length).map(variableOf);
}

/** Shows the variable that one such as `GATEHOUSE_MAIL__HOST` is a part of; undefined for others. */
function describePart(name: string, environment: Environment): string | undefined {
  const [section = '', key = '', ...rest] = name
    .replace(/_FILE$/i, '')
    .toLowerCase()
    .split('__');
  if (rest.length > 0) return undefined;
  const prefix = `gatehouse_${section}__`;
  const group = Object.fromEntries(
    Object.entries(environment).flatMap(([variable, value]) =>
      variable.toLowerCase().startsWith(prefix)
        ? [[variable.slice(prefix.length).replace(/_FILE$/i, ''), value]]
        : [],
    ),
  );
  const part = recognizeUrlPart(section, key, group);
  return part === undefined
    ? undefined
    : `is no field of the configuration; it is a part of ${part.field}: ${variableOf(part.field.split('.'))}=${part.address}`;
}

/** The variable that a field comes from: `GATEHOUSE_RESET__PASSWORD__MIN_LENGTH`. */
export function variableOf(path: Path): string {
  return `GATEHOUSE_${path.map((name) => toVariablePart(String(name))).join('__')}`;
}

/** `minLength` and `page-title` as they stand in a variable: `MIN_LENGTH`, `PAGE_TITLE`. */
function toVariablePart(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/** Text where the field is text; otherwise read as YAML (`8097`, `true`, `{ show: hide }`), and lists also as `a, b`. */
function understand(text: string, field: JsonSchema): unknown {
  const types = typesOf(field);
  if (types.has('string')) return text;
  if (types.has('array') && !types.has('object') && !/^\s*[[-]/.test(text))
    return text.split(',').map((entry) => entry.trim());
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return text;
  try {
    // No aliases: nobody writes one here but to fill the memory.
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return text;
  }
}

/** Puts the values in their places; a group that is not one (the file is wrong there) is left for the check to tell. */
export function applyOverrides(
  tree: Record<string, unknown>,
  overrides: readonly Override[],
): Record<string, unknown> {
  return overrides.reduce((changed, { path, value }) => put(changed, path, value), tree);
}

function put(group: Record<string, unknown>, path: Path, value: unknown): Record<string, unknown> {
  const [first, ...rest] = path;
  if (first === undefined) return group;
  const name = String(first);
  if (rest.length === 0) return { ...group, [name]: value };
  const inner = group[name] ?? {};
  // A mod that is only switched on or off becomes one with options.
  if (!isMap(inner) && typeof inner !== 'boolean') return group;
  return { ...group, [name]: put(isMap(inner) ? inner : {}, rest, value) };
}
