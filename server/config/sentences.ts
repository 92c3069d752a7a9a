import type { z } from 'zod';

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
