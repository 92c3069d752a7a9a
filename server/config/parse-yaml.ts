import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { formatPath, type Path } from './path.ts';
import type { ConfigProblem } from './problems.ts';
import { describeYamlFault } from './yaml-faults.ts';

/** A file as it was understood. */
export interface ParsedYaml {
  /** Plain values; undefined when the text could not be understood. */
  readonly tree: Record<string, unknown> | undefined;
  readonly problems: ConfigProblem[];
  /** Place of a value, of its name, or of the nearest group around it that is in the file; counted from 1. */
  locate(path: Path, part: 'value' | 'key'): { line: number; column: number; isFound: boolean };
}

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
    const { line, col } = lines.linePos(offset);
    const place = { file, line: Math.max(1, line), column: Math.max(1, col), path: formatPath(path) };
    // One slip often makes the parser stumble twice at the same spot; the first sentence is the one that helps.
    if (!problems.some((other) => other.line === place.line && other.column === place.column)) {
      problems.push({ ...place, message });
    }
  };
  const nothing: ParsedYaml = {
    tree: undefined,
    problems,
    locate: () => ({ line: 1, column: 1, isFound: false }),
  };
  if (isTooDeep(text)) {
    report(0, [], 'is nested too deeply to be a configuration');
    return nothing;
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
  });
  for (const { code, pos } of document.errors.slice(0, MAX_SYNTAX_PROBLEMS))
    report(pos[0], [], describeYamlFault(code));
  if (problems.length > 0) return nothing;
  if (document.contents === null) {
    report(0, [], 'is empty; the smallest useful file is one line: jellyfin: { url: http://127.0.0.1:8096 }');
    return nothing;
  }
  if (!isMap(document.contents)) {
    report(
      document.contents.range[0],
      [],
      'must be a group of fields (lines of "name: value"), with no "- " before them',
    );
    return nothing;
  }
  findMisuse(document, report);
  // What an alias stands for is not known, and unfolding aliases is how a small file fills the memory.
  const hasAlias = problems.some(({ message }) => message === ALIAS);
  const tree: Record<string, unknown> | undefined = hasAlias ? undefined : document.toJS();
  return { tree, problems, locate: (path, part) => locate(document, lines, path, part) };
}

const ALIAS = 'begins with *, which means an alias in YAML; put quotes around it';
const ANCHOR = 'begins with &, which means an anchor in YAML; put quotes around it';
const TAG = 'begins with !, which means a tag in YAML; put quotes around it';
const TWICE = 'is written twice in the same group; keep one';

/** One slip can make the parser stumble thousands of times; the first ones are those to look at. */
const MAX_SYNTAX_PROBLEMS = 20;

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

const MAX_OPEN_BRACKETS = 200;
const LIST_IN_LIST = /(?:[-?] ){100}/;

function findMisuse(
  document: Document.Parsed,
  report: (offset: number, path: Path, message: string) => void,
): void {
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) report(node.range?.[0] ?? 0, [], ALIAS);
      else if (node.anchor !== undefined) report(node.range?.[0] ?? 0, [], ANCHOR);
      else if (node.tag !== undefined) report(node.range?.[0] ?? 0, [], TAG);
    },
    Map(_, map, ancestors) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          const around = ancestors.flatMap((node) =>
            'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
          );
          report(key.range?.[0] ?? 0, [...around, String(key.value)], TWICE);
        }
        seen.add(key.value);
      }
    },
  });
}

function locate(document: Document.Parsed, lines: LineCounter, path: Path, part: 'value' | 'key') {
  let node: unknown = document.contents;
  let offset = 0;
  let isFound = true;
  for (const [index, segment] of path.entries()) {
    const next = step(node, segment);
    if (next === undefined) {
      isFound = false;
      break;
    }
    const isLast = index === path.length - 1;
    const isOnOtherLine =
      next.key !== undefined &&
      next.value !== undefined &&
      lines.linePos(next.key).line !== lines.linePos(next.value).line;
    offset =
      (isLast && part === 'value' && !isOnOtherLine ? next.value : next.key) ??
      next.key ??
      next.value ??
      offset;
    node = next.node;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col), isFound };
}

function step(node: unknown, segment: PropertyKey) {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
    if (pair === undefined) return undefined;
    return { node: pair.value, key: startOf(pair.key), value: startOf(pair.value) };
  }
  const entry =
    typeof segment === 'number' && isNode(node) && 'items' in node ? node.items[segment] : undefined;
  return entry === undefined ? undefined : { node: entry, key: undefined, value: startOf(entry) };
}

/** Undefined for a value that is not written at all, as in `name:` with nothing behind it. */
function startOf(node: unknown): number | undefined {
  if (!isNode(node) || node.range === undefined || node.range === null) return undefined;
  return node.range[0] === node.range[1] ? undefined : node.range[0];
}
