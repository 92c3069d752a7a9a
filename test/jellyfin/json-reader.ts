import { isUtf8 } from 'node:buffer';

/** A body that System.Text.Json would refuse: where and why, in its own words. */
export class JsonRefusal extends Error {
  readonly path: string;
  constructor(path: string, what: string, at: number) {
    super(`${what} Path: ${path} | LineNumber: 0 | BytePositionInLine: ${at}.`);
    this.name = 'JsonRefusal';
    this.path = path;
  }
}

/** A parsed JSON object: its members in order, doubles included, as Jellyfin sees them. */
export type Members = readonly (readonly [string, unknown])[];

const OPEN_END =
  'Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.';

const AFTER_COMMA = 'Expected start of a property name or value, but instead reached end of data.';

const trailingComma = (what: string): string =>
  `The JSON ${what} contains a trailing comma at the end which is not supported in this mode. Change the reader options.`;

interface Cursor {
  bytes: string;
  at: number;
}

function skipBlanks(cursor: Cursor): void {
  while (/[ \t\r\n]/.test(cursor.bytes[cursor.at] ?? '')) cursor.at += 1;
}

function named(byte: string): string {
  const code = byte.charCodeAt(0);
  return code < 32 || code > 126 ? `'0x${code.toString(16).toUpperCase().padStart(2, '0')}'` : `'${byte}'`;
}

function readString(cursor: Cursor, path: string): string {
  const from = cursor.at;
  cursor.at += 1;
  while (cursor.at < cursor.bytes.length && cursor.bytes[cursor.at] !== '"') {
    cursor.at += cursor.bytes[cursor.at] === '\\' ? 2 : 1;
  }
  cursor.at += 1;
  if (cursor.at > cursor.bytes.length) throw new JsonRefusal(path, OPEN_END, cursor.bytes.length);
  const raw = Buffer.from(cursor.bytes.slice(from, cursor.at), 'latin1');
  const cannot = 'The JSON value could not be converted to System.String.';
  if (!isUtf8(raw)) throw new JsonRefusal(path, cannot, cursor.at);
  let text: string;
  try {
    text = JSON.parse(raw.toString('utf8'));
  } catch {
    throw new JsonRefusal(path, cannot, cursor.at);
  }
  if (!text.isWellFormed()) throw new JsonRefusal(path, cannot, cursor.at);
  return text;
}

function readArray(cursor: Cursor, path: string): unknown[] {
  const items: unknown[] = [];
  cursor.at += 1;
  skipBlanks(cursor);
  if (cursor.bytes[cursor.at] === ']') {
    cursor.at += 1;
    return items;
  }
  for (;;) {
    skipBlanks(cursor);
    if (cursor.bytes[cursor.at] === ']') throw new JsonRefusal(path, trailingComma('array'), cursor.at);
    items.push(readValue(cursor, path));
    if (endOfItem(cursor, path, ']')) return items;
  }
}

/** True at the closing sign; false after a comma. Trailing commas and comments are not JSON here. */
function endOfItem(cursor: Cursor, path: string, close: string): boolean {
  skipBlanks(cursor);
  const sign = cursor.bytes[cursor.at];
  if (sign === undefined) throw new JsonRefusal(path, OPEN_END, cursor.at);
  if (sign !== close && sign !== ',') {
    const what = `${named(sign)} is invalid after a value. Expected either ',', '}', or ']'.`;
    throw new JsonRefusal(path, what, cursor.at);
  }
  cursor.at += 1;
  return sign === close;
}

function readObject(cursor: Cursor, path: string): Members {
  const members: [string, unknown][] = [];
  cursor.at += 1;
  skipBlanks(cursor);
  if (cursor.bytes[cursor.at] === '}') {
    cursor.at += 1;
    return members;
  }
  for (;;) {
    skipBlanks(cursor);
    const sign = cursor.bytes[cursor.at];
    if (sign === undefined) {
      if (members.length > 0) throw new JsonRefusal(path, AFTER_COMMA, cursor.at - 1);
      throw new JsonRefusal(path, OPEN_END, cursor.at);
    }
    if (sign === '/') endOfItem(cursor, path, '}');
    if (sign === '}') throw new JsonRefusal(path, trailingComma('object'), cursor.at);
    if (sign !== '"') {
      const what = `${named(sign)} is an invalid start of a property name. Expected a '"'.`;
      throw new JsonRefusal(path, what, cursor.at);
    }
    const key = readString(cursor, path);
    skipBlanks(cursor);
    const inner = `${path}.${key}`;
    const colon = cursor.bytes[cursor.at];
    if (colon === undefined) throw new JsonRefusal(path, OPEN_END, cursor.at);
    if (colon !== ':') {
      throw new JsonRefusal(
        inner,
        `${named(colon)} is invalid after a property name. Expected a ':'.`,
        cursor.at,
      );
    }
    cursor.at += 1;
    members.push([key, readValue(cursor, inner)]);
    if (endOfItem(cursor, path, '}')) return members;
  }
}

function readValue(cursor: Cursor, path: string): unknown {
  skipBlanks(cursor);
  const sign = cursor.bytes[cursor.at];
  if (sign === undefined) throw new JsonRefusal(path, OPEN_END, cursor.at);
  if (sign === '"') return readString(cursor, path);
  if (sign === '{') return { members: readObject(cursor, path) };
  if (sign === '[') return readArray(cursor, path);
  const word = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
    cursor.bytes.slice(cursor.at, cursor.at + 64),
  )?.[0];
  if (word === undefined)
    throw new JsonRefusal(path, `${named(sign)} is an invalid start of a value.`, cursor.at);
  cursor.at += word.length;
  return JSON.parse(word);
}

/**
 * Reads one JSON object like System.Text.Json with Jellyfin's options: doubles are kept in order (the last wins
 * later, whatever its letter case), comments, trailing commas and a second value are refused.
 * @param model the .NET name of what the body should become, for the error text
 */
export function readJsonObject(utf8: Buffer, model: string): Members | null {
  const bytes = utf8.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const cursor = { bytes, at: 0 };
  skipBlanks(cursor);
  const wrong = `The JSON value could not be converted to ${model}.`;
  const first = bytes[cursor.at];
  if (first === '[' || first === '"') throw new JsonRefusal('$', wrong, cursor.at + 1);
  const value = readValue(cursor, '$');
  skipBlanks(cursor);
  const rest = bytes[cursor.at];
  if (rest !== undefined) {
    const what = `${named(rest)} is invalid after a single JSON value. Expected end of data.`;
    throw new JsonRefusal('$', what, cursor.at);
  }
  if (value === null) return null;
  if (typeof value === 'object' && value !== null && 'members' in value) return value.members as Members;
  throw new JsonRefusal('$', wrong, cursor.at);
}
