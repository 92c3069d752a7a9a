import { headerValues, type RawHeaders } from '../http/raw-headers.ts';

/** A JSON body read the way Jellyfin reads it. What is not surely read so is refused, never guessed. */
export type JsonBody =
  /** Not a content type that is read here as JSON: to be answered 415. */
  | { readonly kind: 'unsupported' }
  /** Not JSON, or not an object: to be answered 400. */
  | { readonly kind: 'broken' }
  | {
      readonly kind: 'object';
      /**
       * A field as text, its name compared without letter case; a number is a text of the digits it was written in.
       * Undefined when it is absent or anything else.
       */
      text(name: string): string | undefined;
    };

/**
 * One of the types, and behind it parameters without a `;`, `"` or `\` in their values. Jellyfin takes these types in
 * any case and with any parameters. Source: real servers 10.9.11 to 12.0; RFC 9110 section 8.3.1.
 */
const JSON_TYPE = /^(?:application\/json|text\/json|application\/[\w.!#$&^-]+\+json)$/i;
const PARAMETER = /^([\w!#$&^.+-]+)=(?:([\w!#$&^.+-]+)|"([^"\\]*)")$/;

/**
 * The charsets that are read here. Jellyfin knows more names for them (`unicode`, `ucs-2`, `utf-16le`), which no client
 * writes, and no other charset. Source: ASP.NET, TextInputFormatter.SelectCharacterEncoding; real servers 10.9.11 to 12.0.
 */
const DECODED_AS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
};

/**
 * Reads a body as Jellyfin does: a byte order mark, `utf-16`, escaped keys and keys in any letter case are fine; of
 * keys that are the same or differ in case only, the last counts. Stricter than Jellyfin in what nobody writes: other
 * names of the charset, a type or parameter twice or in an odd form, a broken byte in a key that Jellyfin skips. Takes
 * time in proportion to the body.
 *
 * @param rawHeaders Of the request.
 */
export function readJsonObject(body: Buffer, rawHeaders: RawHeaders): JsonBody {
  const types = headerValues(rawHeaders, 'content-type');
  const encoding = types.length === 1 ? encodingOf(types[0] ?? '') : undefined;
  if (encoding === undefined) return { kind: 'unsupported' };
  let document: unknown;
  let json: string;
  try {
    json = new TextDecoder(encoding, { fatal: true }).decode(body);
    document = JSON.parse(json);
  } catch {
    return { kind: 'broken' };
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return { kind: 'broken' };
  return { kind: 'object', text: (name) => textOf(lastValue(json, name)) };
}

/** How to decode a body of that type; undefined when it is none that is read here, or says twice how. */
function encodingOf(contentType: string): string | undefined {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (!JSON_TYPE.test(type)) return undefined;
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const [, name, token, quoted] = PARAMETER.exec(parameter) ?? [];
    if (name === undefined || values.has(name.toLowerCase())) return undefined;
    values.set(name.toLowerCase(), token ?? quoted ?? '');
  }
  const charset = (values.get('charset') ?? 'utf-8').toLowerCase();
  return Object.hasOwn(DECODED_AS, charset) ? DECODED_AS[charset] : undefined;
}

/** Jellyfin takes a number for a text as it was written: `1e2` is not `100`. Source: Jellyfin, JsonStringConverter. */
function textOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.startsWith('"')) return String(JSON.parse(value));
  return /^[-\d]/.test(value) ? value : undefined;
}

/**
 * The first sign or word of the last value that the outer object has under a name, as it was written. A parsed object
 * would keep the place of a key's first coming, and not the digits of a number.
 *
 * @param json An object, and known to be whole: each string in it ends, so that no sign is looked at twice.
 */
function lastValue(json: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let depth = 0;
  let isKeyNext = false;
  let isWantedNext = false;
  let found: string | undefined;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === ':') continue;
    if (isWantedNext) found = token;
    isWantedNext = isKeyNext && token.startsWith('"') && String(JSON.parse(token)).toLowerCase() === wanted;
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    isKeyNext = depth === 1 && (token === '{' || token === ',');
  }
  return found;
}
