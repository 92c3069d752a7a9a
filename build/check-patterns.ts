import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync, type Diagnostics, type Parameters } from 'recheck';
import { parseSync, Visitor } from 'vite';

// The checker has binaries for some systems; in plain JavaScript it says the same on all of them.
process.env['RECHECK_BACKEND'] = 'pure';

/** A regular expression in our sources. */
export interface Pattern {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/**
 * Bounds in steps and sizes instead of times, so that a busy machine finds what an idle one does. Larger automata than
 * these (counted repetitions make them) are searched for an attack instead of proved linear.
 */
const THOROUGHNESS: Parameters = {
  attackLimit: 150_000_000,
  attackTimeout: null,
  incubationTimeout: null,
  maxIteration: 5,
  maxNFASize: 3_000,
  seedingTimeout: null,
  // In milliseconds: reached by a pattern too large to be checked, which is then refused.
  timeout: 60_000,
};

/**
 * Finds the regular expressions of a source.
 *
 * @throws {SyntaxError} for a source that cannot be parsed, and for a pattern put together while the program runs
 *   (`RegExp(…)`), which nobody can check before.
 */
export function findPatterns(file: string, text: string): Pattern[] {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const lineOf = (node: { readonly start: number }): number => text.slice(0, node.start).split('\n').length;
  const found: Pattern[] = [];
  function refuse(node: { readonly callee: { readonly type: string }; readonly start: number }): void {
    if (node.callee.type !== 'Identifier' || !('name' in node.callee) || node.callee.name !== 'RegExp')
      return;
    throw new SyntaxError(
      `${file}:${lineOf(node)}: write the pattern as a literal; RegExp() cannot be checked`,
    );
  }
  new Visitor({
    CallExpression: refuse,
    NewExpression: refuse,
    Literal(node) {
      if (!('regex' in node)) return;
      found.push({ file, line: lineOf(node), source: node.regex.pattern, flags: node.regex.flags });
    },
  }).visit(program);
  return found;
}

/**
 * Says what is wrong with a pattern: that some text makes it take more than its length in steps, with such a text, or
 * that this cannot be told. Undefined for one that is linear. Of a pattern that goes through a text match by match each
 * alternative is checked by itself too: where one looks far and fails, another that matches one sign lets it look again.
 */
export function findFault({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | undefined {
  const alternatives = /[gy]/.test(flags) ? splitAlternatives(source) : [];
  for (const part of [source, ...(alternatives.length > 1 ? alternatives : [])]) {
    const found: Diagnostics = checkSync(part, flags, THOROUGHNESS);
    if (found.status === 'unknown') return `cannot be checked (${found.error.kind})`;
    if (found.status === 'vulnerable')
      return `takes ${found.complexity.summary.replace(' (fuzz)', '')} time for ${found.attack.pattern}`;
  }
  return undefined;
}

/** The alternatives of a pattern that stand in no group. */
function splitAlternatives(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of source.matchAll(/\\.|\[(?:[^\]\\]|\\.)*\]|[\s\S]/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === '|' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${piece}`);
  }
  return parts;
}

/** Checks every pattern of the sources below `root` that the product is made of; returns what is wrong, one line each. */
function checkAll(root: string): string[] {
  const files = globSync('{injector,server,ui}/**/*.ts', { cwd: root }).sort();
  const faults = new Map<string, string | undefined>();
  const lines: string[] = [];
  for (const file of files) {
    for (const { line, ...pattern } of findPatterns(file, readFileSync(join(root, file), 'utf8'))) {
      const literal = `/${pattern.source}/${pattern.flags}`;
      if (!faults.has(literal)) faults.set(literal, findFault(pattern));
      const fault = faults.get(literal);
      if (fault !== undefined) lines.push(`${file}:${line}: ${literal} ${fault}; make it linear`);
    }
  }
  return lines;
}

if (import.meta.main) {
  const lines = checkAll(join(import.meta.dirname, '..'));
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  if (lines.length > 0) process.exitCode = 1;
}
