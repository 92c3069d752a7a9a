import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import type { Path } from './path.ts';

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
