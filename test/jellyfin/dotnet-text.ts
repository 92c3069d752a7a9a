import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 32 lower-case hex digits of 16 bytes in the order in which .NET prints a Guid ("N"). */
function guidText(bytes: Buffer): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return order.map((at) => bytes.toString('hex', at, at + 1)).join('');
}

/** A random id as Jellyfin writes it: 32 lower-case hex digits without dashes. */
export function newId(): string {
  return guidText(randomBytes(16));
}

/** MD5 of the UTF-16 text, printed as a Guid. Source: the PIN files' names and the sessions' ids. */
export function md5Guid(text: string): string {
  return guidText(createHash('md5').update(Buffer.from(text, 'utf16le')).digest());
}

/** An id with dashes ("D"), as in the names of PIN files up to 10.10. */
export function dashedGuid(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The id in form N if the text is a Guid in form N or D, else undefined. */
export function readGuid(text: string): string | undefined {
  const plain = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
    ? text.replaceAll('-', '')
    : text;
  return /^[0-9a-f]{32}$/i.test(plain) ? plain.toLowerCase() : undefined;
}

/** The Guid of nobody: what an API key has for a user. */
export const EMPTY_GUID = '0'.repeat(32);

/** A moment as Jellyfin prints it: UTC, up to 7 digits of a second, trailing zeros dropped. */
export function dateText(date: Date): string {
  const digits = `${String(date.getUTCMilliseconds()).padStart(3, '0')}${String(randomInt(1, 9999)).padStart(4, '0')}`;
  return `${date.toISOString().slice(0, 19)}.${digits.replace(/0+$/, '')}Z`;
}

/** The moment that .NET prints for a date nobody has set. */
export const NO_DATE = '0001-01-01T00:00:00.0000000Z';

/**
 * Upper case as ToUpperInvariant does it: one character for one, and no foreign letter turns into an ASCII one.
 * Source: live servers, where dotless i and long s name nobody.
 */
export function upperInvariant(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toUpperCase();
  let out = '';
  for (const letter of text) {
    const upper = letter.toUpperCase();
    const turnsAscii = letter > '\u007f' && upper <= '\u007f';
    out += upper.length === letter.length && !turnsAscii ? upper : letter;
  }
  return out;
}

function camel(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), camelKeys(inner)]));
}

function escapeLikeDotnet(json: string): string {
  // An escaped backslash must be stepped over, or its second half would be taken for that of an escaped quote.
  return json
    .replace(/\\\\|\\"/g, (pair) => (pair === '\\"' ? '\\u0022' : pair))
    .replace(/[<>&+'`\u007f-\uffff]/g, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    });
}

/**
 * JSON as System.Text.Json writes it by default: no blanks, nulls left out, everything but plain ASCII escaped.
 * `camelCase` is what `Accept: application/json; profile="CamelCase"` asks for.
 */
export function dotnetJson(value: unknown, camelCase = false): string {
  const text = JSON.stringify(camelCase ? camelKeys(value) : value, (_key, inner: unknown) =>
    inner === null ? undefined : inner,
  );
  return escapeLikeDotnet(text);
}
