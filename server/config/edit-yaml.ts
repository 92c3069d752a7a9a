import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, parseDocument, stringify, type YAMLMap } from 'yaml';

/** One field that is to be another. */
export interface YamlEdit {
  readonly path: readonly string[];
  /** Undefined removes the field. */
  readonly value: string | undefined;
}

/**
 * Changes single fields of a YAML text and leaves every other byte as it is: comments, order, quotes, blank lines. A field that is
 * not there yet is put behind the last one of its group. Only where no such change can be made, as for one group within another
 * on one line, is the text written anew, still with its comments.
 *
 * @param text A map, well formed; empty will do.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce((before, edit) => editOne(before, edit), text);
}

function editOne(text: string, edit: YamlEdit): string {
  const wanted = parse(text);
  if (edit.value === undefined && !wanted.hasIn(edit.path)) return text;
  if (edit.value === undefined) wanted.deleteIn(edit.path);
  else wanted.setIn(edit.path, edit.value);
  const careful = edit.value === undefined ? remove(text, edit.path) : put(text, edit.path, edit.value);
  if (careful !== undefined) {
    const read = parse(careful);
    if (read.errors.length === 0 && isDeepStrictEqual(read.toJS(), wanted.toJS())) return careful;
  }
  return wanted.toString({ lineWidth: 0 });
}

const parse = (text: string): Document.Parsed => parseDocument(text, { prettyErrors: false });

/** Nothing that would mean something in YAML, in a group on one line neither. */
const PLAIN = /^[\w./][\w ./:@<>+-]*$/;

function write(value: string): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return plain === value && PLAIN.test(value) ? value : JSON.stringify(value);
}

function splice(text: string, start: number, end: number, between: string): string {
  return `${text.slice(0, start)}${between}${text.slice(end)}`;
}

/** Where the line ends that an offset stands in; one behind a line end stands in that line. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset - 1;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function put(text: string, path: readonly string[], value: string): string | undefined {
  const document = parse(text);
  const old: unknown = document.getIn(path, true);
  if (isScalar(old) && old.range != null) {
    const [start, end] = old.range;
    return splice(text, start, end, start === end ? ` ${write(value)}` : write(value));
  }
  if (old !== undefined) return undefined;
  const name = path.at(-1) ?? '';
  const group: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(group)) return putInto(text, group, `${name}: ${write(value)}`);
  const [section = ''] = path;
  if (path.length !== 2 || document.has(section)) return undefined;
  const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  return `${text}${gap}${section}:\n  ${name}: ${write(value)}\n`;
}

function putInto(text: string, group: YAMLMap, line: string): string | undefined {
  const last = group.items.at(-1);
  const end = endOf(last?.value) ?? endOf(last?.key);
  const start = startOf(group.items[0]?.key);
  if (end === undefined || start === undefined) return undefined;
  if (group.flow === true) return splice(text, end, end, `, ${line}`);
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const at = lineEnd(text, end);
  return splice(text, at, at, `\n${indent}${line}`);
}

function remove(text: string, path: readonly string[]): string | undefined {
  const group: unknown = parse(text).getIn(path.slice(0, -1), true);
  if (!isMap(group) || group.flow === true) return undefined;
  const pair = group.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  const start = startOf(pair?.key);
  const end = endOf(pair?.value) ?? endOf(pair?.key);
  if (start === undefined || end === undefined) return undefined;
  return splice(text, text.lastIndexOf('\n', start - 1) + 1, lineEnd(text, end) + 1, '');
}

function rangeOf(node: unknown): readonly number[] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) ? node.range : undefined;
}
const startOf = (node: unknown): number | undefined => rangeOf(node)?.[0];
const endOf = (node: unknown): number | undefined => rangeOf(node)?.[1];
