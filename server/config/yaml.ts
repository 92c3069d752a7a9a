import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { formatPath, type Path } from './path.ts';
import type { ConfigProblem } from './problems.ts';

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** False when the path ends outside the file, and the place is that of the nearest group around it. */
  readonly isFound: boolean;
}

/** Line and column of an offset, never less than 1. */
function placeOf(offset: number, lines: LineCounter): { line: number; column: number } {
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
const SMALLEST = 'jellyfin: { url: http://127.0.0.1:8096 }';
const LIST_IN_LIST = /(?:- ){100}/;

/**
 * Understands a YAML text. Never throws. Anchors, aliases, tags and names written twice are problems; comments and
 * order are kept for `locate`.
 *
 * @param file Name of the file for problems; who finds it empty is told `smallest`.
 */
export function parseYaml(text: string, file: string, smallest = SMALLEST): ParsedYaml {
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
    report(0, [], `is empty; the smallest useful file is one line: ${smallest}`);
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

/** Something YAML allows and a configuration has no use for. */
interface Misuse {
  /** Where in the text, from 0. */
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}

/**
 * Finds names written twice, aliases, anchors and tags. They are mostly slips: text that begins with `*`, `&` or `!`
 * and lacks quotes. Refusing aliases is also what keeps a small file from unfolding into a large one.
 *
 * @param text What the document was made of.
 */
function findMisuse(document: Document.Parsed, text: string): Misuse[] {
  const found: Misuse[] = [];
  visit(document, {
    Node(_, node, ancestors) {
      const start = node.range?.[0] ?? 0;
      const report = (sign: string, kind: string, offset: number) => {
        const message = `begins with ${sign}, which means ${kind} in YAML; put quotes around it`;
        found.push({ offset, path: pathOf([...ancestors, node]), message });
      };
      if (isAlias(node)) report('*', 'an alias', start);
      else if (node.anchor !== undefined) report('&', 'an anchor', Math.max(0, text.lastIndexOf('&', start)));
      else if (node.tag !== undefined) report('!', 'a tag', Math.max(0, text.lastIndexOf('!', start)));
    },
    Map(_, map, ancestors) {
      const seen = new Set<unknown>();
      for (const { key: name } of map.items) {
        if (!isScalar(name)) continue;
        if (seen.has(name.value)) {
          const path = [...pathOf([...ancestors, map]), String(name.value)];
          found.push({
            offset: name.range?.[0] ?? 0,
            path,
            message: 'is written twice in the same group; keep one',
          });
        }
        seen.add(name.value);
      }
    },
  });
  return found;
}

/** The path of the last of these nodes, each of which stands in the one before. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): PropertyKey[] => {
    if (isPair(node) && isScalar(node.key)) return [String(node.key.value)];
    const position = isSeq(node) ? node.items.indexOf(nodes[index + 1]) : -1;
    return position < 0 ? [] : [position];
  });
}

const NOT_ONE_PAIR =
  'cannot be read as one "name: value": a colon is missing, text with a colon lacks quotes, or the lines below are indented differently';

/**
 * Our sentence for each way in which a text is not YAML. The library's own messages are not shown: some repeat a
 * piece of the file, which may be a password. Source: yaml 2.9 `errors.ts`.
 */
const SENTENCES: { readonly [code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'is indented with a tab; use spaces',
  BAD_INDENT: 'is not indented like its neighbours; fields of one group begin in one column',
  BLOCK_AS_IMPLICIT_KEY: NOT_ONE_PAIR,
  MULTILINE_IMPLICIT_KEY: NOT_ONE_PAIR,
  MISSING_CHAR: NOT_ONE_PAIR,
  BLOCK_IN_FLOW: 'mixes brackets with indented lines; use one of them',
  BAD_SCALAR_START:
    'begins with a character that means something else in YAML (@, `, %); put quotes around it',
  BAD_DQ_ESCAPE: 'has a backslash that means nothing inside double quotes; use single quotes, or write \\\\',
  UNEXPECTED_TOKEN: 'has something left over behind its value; put quotes around the whole value',
  MULTIPLE_DOCS: 'begins a second document with ---; keep one',
  BAD_DIRECTIVE: 'begins with %, which is a directive in YAML; remove it, or put quotes around it',
  NON_STRING_KEY: 'has a name that is not plain text; write one word before the colon',
  KEY_OVER_1024_CHARS: 'has a name of more than 1024 characters',
  RESOURCE_EXHAUSTION: 'is nested too deeply to be a configuration',
};

/** The sentence for an error of the parser. Never repeats a piece of the text. */
function describeYamlFault({ code, message }: YAMLParseError): string {
  // One code stands for several slips; the beginning of the message is fixed text and tells them apart.
  if (message.startsWith('Missing closing'))
    return 'a quotation mark above is opened and not closed before this place';
  if (message.startsWith('Flow map')) return 'a { above is opened and not closed with } before this place';
  if (message.startsWith('Flow sequence'))
    return 'a [ above is opened and not closed with ] before this place';
  return SENTENCES[code] ?? 'is not valid YAML; look at the indentation, colons and quotes around here';
}
