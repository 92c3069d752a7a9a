import type { z } from 'zod';
import { fieldAt, fieldsOf, type JsonSchema, walkFields } from './json-schema.ts';
import { findNearest, fold } from './nearest.ts';
import { formatPath, isMap, type Path, valueAt } from './path.ts';
import { recognizeUrlPart } from './url-parts.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of fields (lines of "name: value" below it)',
  record: 'a group of fields (lines of "name: value" below it)',
  array: 'a list (lines that begin with "- " below it)',
};

/**
 * The sentence for what the schema found, where the field has none of its own; undefined leaves it to zod.
 * No sentence repeats the value: it may be a secret.
 */
export function describeIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return describeType(issue.expected, issue.input);
    case 'invalid_value':
      return `must be ${joinOr(issue.values.map(String))}`;
    case 'too_small':
      return describeBound('at least', issue.origin, Number(issue.minimum));
    case 'too_big':
      return describeBound('at most', issue.origin, Number(issue.maximum));
    case 'invalid_format':
      if (issue.format === 'url') return 'must be an address such as https://media.example.org';
      return 'is not written in the form that is expected here';
    case 'invalid_union':
      return undefined;
    default:
      return undefined;
  }
}

function describeType(expected: string, input: unknown): string {
  const kind = KINDS[expected] ?? `a ${expected}`;
  if (input === undefined) return 'is missing';
  if (input === null) return `has no value; it must be ${kind}, or the line be removed`;
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
    return `must be text, and YAML reads this as ${typeof input === 'number' ? 'a number' : 'true or false'}; put quotes around it`;
  }
  const isQuoted = typeof input === 'string' && input.trim() !== '' && !Number.isNaN(Number(input));
  if ((expected === 'number' || expected === 'int') && isQuoted) return `must be ${kind}; remove the quotes`;
  if (expected === 'boolean' && typeof input === 'string' && /^(yes|no|on|off|true|false)$/i.test(input)) {
    return 'must be true or false, without quotes';
  }
  return `must be ${kind}, not ${nameKind(input)}`;
}

function nameKind(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a group of fields';
  if (typeof input === 'number') return Number.isInteger(input) ? 'a number' : 'a fraction';
  return typeof input === 'boolean' ? 'true or false' : 'text';
}

function describeBound(bound: string, origin: string, limit: number): string {
  if (origin === 'string') {
    return limit === 1 && bound === 'at least'
      ? 'must not be empty'
      : `must have ${bound} ${limit} characters`;
  }
  if (origin === 'array') return `must have ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${bound} ${limit}`;
}

/** `a, b or c`. */
export function joinOr(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Something wrong with a value, before it is known where the value stands. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  /** Whether its place is the value or the name of the field. */
  readonly part: 'value' | 'key';
}

/**
 * Turns what zod found into findings with our sentences: one for each unknown name, and of a field that may be
 * several things only what concerns the thing it tries to be.
 *
 * @param tree What was checked.
 * @param schema The JSON schema of it, which knows the names and descriptions of all fields.
 */
export function toFindings(
  issues: readonly z.core.$ZodIssue[],
  tree: unknown,
  schema: JsonSchema,
): Finding[] {
  return issues.flatMap((issue): Finding[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: describePart(issue.path, key, issue.keys, tree) ?? describeUnknown(issue.path, key, schema),
        part: 'key',
      }));
    }
    if (issue.code === 'invalid_union') return toUnionFindings(issue, tree, schema);
    const value = valueAt(tree, issue.path);
    if (issue.code === 'invalid_type' && value === undefined) {
      return [{ path: issue.path, message: describeMissing(issue.path, schema), part: 'key' }];
    }
    if (issue.code === 'invalid_value' && typeof value === 'string') {
      const near = findNearest(value, issue.values.map(String));
      const hint =
        near === undefined || !issue.message.startsWith('must be') ? '' : `; did you mean ${near}?`;
      return [{ path: issue.path, message: `${issue.message}${hint}`, part: 'value' }];
    }
    // A rule without a sentence of its own: what the field is for says what it must be.
    const isSpeechless = issue.message === 'Invalid input';
    const message = isSpeechless ? withDescription('does not fit', issue.path, schema) : issue.message;
    return [{ path: issue.path, message, part: 'value' }];
  });
}

function describeMissing(path: Path, schema: JsonSchema): string {
  return withDescription('is missing', path, schema);
}

/** Writes the sentence, and behind it the first one of the field's description. */
export function withDescription(sentence: string, path: Path, schema: JsonSchema): string {
  const description = fieldAt(schema, path)?.description?.split(/(?<=\.)\s+(?=[A-Z])/)[0];
  return description === undefined ? sentence : `${sentence}. ${description}`;
}

function toUnionFindings(issue: z.core.$ZodIssueInvalidUnion, tree: unknown, schema: JsonSchema): Finding[] {
  const value = valueAt(tree, issue.path);
  if (value === undefined)
    return [{ path: issue.path, message: describeMissing(issue.path, schema), part: 'key' }];
  if (issue.message !== 'Invalid input') return [{ path: issue.path, message: issue.message, part: 'value' }];
  const isMisfit = (other: z.core.$ZodIssue) =>
    other.path.length === 0 && (other.code === 'invalid_type' || other.code === 'invalid_value');
  const fitting = issue.errors.filter((errors) => !errors.some(isMisfit));
  const meant = fitting[0];
  if (fitting.length === 1 && meant !== undefined) {
    return toFindings(
      meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
      tree,
      schema,
    );
  }
  if (issue.path.length === 2 && issue.path[0] === 'mods') {
    const message = value === null ? 'has no value; it must be' : 'must be';
    return [
      {
        path: issue.path,
        message: `${message} true, false, a group of its options, or a list of such groups`,
        part: 'value',
      },
    ];
  }
  const wishes = issue.errors.flatMap((errors) =>
    errors.map(({ message }) => message.replace(/^must be /, '')),
  );
  return [{ path: issue.path, message: `must be ${joinOr([...new Set(wishes)])}`, part: 'value' }];
}

/** Shows the address that a field such as `mail.host` is a part of, with the first of its parts; undefined for other fields. */
function describePart(
  around: Path,
  key: string,
  unknown: readonly string[],
  tree: unknown,
): string | undefined {
  const section = formatPath(around);
  const group = valueAt(tree, around);
  const part = recognizeUrlPart(section, key, group);
  if (part === undefined) return undefined;
  const isFirst = unknown.find((other) => recognizeUrlPart(section, other, group) !== undefined) === key;
  return isFirst
    ? `is a part of ${part.field}; write it as one line: url: ${part.address}`
    : `is a part of ${part.field} too`;
}

/** Says what an unknown name may have been meant to be: a name of this group, or one of another group. */
function describeUnknown(around: Path, key: string, schema: JsonSchema): string {
  const group = fieldAt(schema, around) ?? {};
  const siblings = [...fieldsOf(group).keys()];
  const near = findNearest(key, siblings);
  if (near !== undefined) return `is not a field; did you mean ${near}?`;
  for (const [path] of walkFields(schema)) {
    if (fold(path.at(-1) ?? '') === fold(key))
      return `is not a field here; did you mean ${formatPath(path)}?`;
  }
  const where = around.length === 0 ? 'this file' : formatPath(around);
  return siblings.length === 0
    ? `is not a field; ${where} has none`
    : `is not a field; ${where} has ${joinOr(siblings).replace(/ or ([^ ]+)$/, ' and $1')}`;
}

/** Does the tree hold the field with any value but nothing? */
export function isGiven(tree: unknown, name: string): boolean {
  return isMap(tree) && tree[name] !== undefined && tree[name] !== null;
}
