import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { formatPath, type Path } from './path.ts';
import type { ConfigProblem } from './problems.ts';
import { describeYamlFault, findMisuse } from './yaml-faults.ts';

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** False when the path ends outside the file, and the place is that of the nearest group around it. */
  readonly isFound: boolean;
}

/** Line and column of an offset, never less than 1. */
export function placeOf(offset: number, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/**
 * The place of a field: of its value, or of its name when that is asked for, when there is no value, or when the
 * value begins on a line of its own. The nearest group around it when the field is not in the file.
 */
export function locate(
  document: Document.Parsed,
  lines: LineCounter,
  path: Path,
  part: 'value' | 'key',
): Place {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, segment] of path.entries()) {
    const next = step(node, segment);
    if (next === undefined) return { ...placeOf(offset, lines), isFound: false };
    const { name, value } = next;
    const isValueWanted = index === path.length - 1 && part === 'value';
    const isBeside = name === undefined || (value !== undefined && areOnOneLine(name, value, lines));
    offset = (isValueWanted && isBeside ? value : name) ?? value ?? offset;
    node = next.node;
  }
  return { ...placeOf(offset, lines), isFound: true };
}

function areOnOneLine(one: number, other: number, lines: LineCounter): boolean {
  return lines.linePos(one).line === lines.linePos(other).line;
}

function step(node: unknown, segment: PropertyKey) {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
    return pair === undefined
      ? undefined
      : { node: pair.value, name: startOf(pair.key), value: startOf(pair.value) };
  }
  const entry: unknown = isSeq(node) && typeof segment === 'number' ? node.items[segment] : undefined;
  return entry === undefined ? undefined : { node: entry, name: undefined, value: startOf(entry) };
}

/** Undefined for a value that is not written at all, as in `name:` with nothing behind it. */
function startOf(node: unknown): number | undefined {
  if (!isNode(node) || node.range === undefined || node.range === null) return undefined;
  return node.range[0] === node.range[1] ? undefined : node.range[0];
}

/** A file as it was understood. */
export interface ParsedYaml {
  /** Plain values; undefined when the text could not be understood. */
  readonly tree: Record<string, unknown> | undefined;
  readonly problems: readonly ConfigProblem[];
  /** Place of a field, or of the nearest group around it that is in the file. */
  locate(path: Path, part: 'value' | 'key'): Place;
}

/** One slip can make the parser stumble thousands of times; the first ones are those to look at. */
const MAX_SYNTAX_PROBLEMS = 20;
const MAX_OPEN_BRACKETS = 200;
const LIST_IN_LIST = /(?:- ){100}/;

/**
 * Understands a YAML text. Never throws. Anchors, aliases, tags and names written twice are problems; comments and
 * order are kept for `locate`.
 *
 * @param file Name of the file for problems.
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const problems: ConfigProblem[] = [];
  const report = (offset: number, path: Path, message: string) => {
    const problem = { file, ...placeOf(offset, lines), path: formatPath(path), message };
    // One slip often makes the parser stumble twice at the same spot; the first sentence is the one that helps.
    const isKnown = problems.some(({ line, column }) => line === problem.line && column === problem.column);
    if (!isKnown && problems.length < MAX_SYNTAX_PROBLEMS) problems.push(problem);
  };
  const giveUp = (): ParsedYaml => ({
    tree: undefined,
    problems,
    locate: () => ({ line: 1, column: 1, isFound: false }),
  });

  if (isTooDeep(text)) {
    report(0, [], 'is nested too deeply to be a configuration');
    return giveUp();
  }
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, stringKeys: true };
  const document = parseDocument(text, options);
  for (const error of document.errors.slice(0, MAX_SYNTAX_PROBLEMS))
    report(error.pos[0], [], describeYamlFault(error));
  if (document.errors.length > 0) return giveUp();
  if (document.contents === null) {
    report(0, [], 'is empty; the smallest useful file is one line: jellyfin: { url: http://127.0.0.1:8096 }');
    return giveUp();
  }
  if (!isMap(document.contents)) {
    const message = 'must be a group of fields (lines of "name: value"), with no "- " before them';
    report(document.contents.range[0], [], message);
    return giveUp();
  }
  for (const { offset, path, message } of findMisuse(document, text)) report(offset, path, message);
  // What an alias stands for is not known, and unfolding aliases is how a small file fills the memory.
  if (hasAlias(document)) return giveUp();
  const tree: Record<string, unknown> = document.toJS();
  return { tree, problems, locate: (path, part) => locate(document, lines, path, part) };
}

function hasAlias(document: Document.Parsed): boolean {
  let isFound = false;
  visit(document, {
    Alias() {
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

/**
 * The parser descends by recursion and takes seconds over brackets without end, during which nothing would be proxied.
 * Brackets in text count too, so the limit is far above what a style sheet leaves open.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_OPEN_BRACKETS) return true;
  }
  return LIST_IN_LIST.test(text);
}
