/** A JSON body read the way Jellyfin reads it. */
export type JsonBody =
  /** Not a content type Jellyfin takes as JSON: it answers 415. */
  | { readonly kind: 'unsupported' }
  /** Not JSON, or not an object: it answers 400. */
  | { readonly kind: 'broken' }
  | {
      readonly kind: 'object';
      /** A field as text, its name compared without letter case; a number counts as text. */
      text(name: string): string | undefined;
    };

/** Source: real servers 10.9.11 to 12.0: these types in any case, with any parameters; utf-8 and utf-16, no other. */
const JSON_TYPE = /^(?:application\/json|text\/json|application\/[\w.!#$&^-]+\+json)$/i;

/**
 * Reads a body as Jellyfin does: a byte order mark, `utf-16`, escaped keys and keys in any letter case are fine; of
 * keys that are the same or differ in case only, the last counts.
 */
export function readJsonObject(body: Buffer, contentType: string | undefined): JsonBody {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  if (!JSON_TYPE.test(type)) return { kind: 'unsupported' };
  const charset =
    parameters.map((p) => /^charset="?([\w-]+)"?$/i.exec(p)?.[1]?.toLowerCase()).find(Boolean) ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'utf8' && charset !== 'utf-16') return { kind: 'unsupported' };
  let document: unknown;
  let json: string;
  try {
    json = new TextDecoder(charset === 'utf-16' ? 'utf-16le' : 'utf-8', { fatal: true }).decode(body);
    document = JSON.parse(json);
  } catch {
    return { kind: 'broken' };
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return { kind: 'broken' };
  const values = new Map<string, unknown>(Object.entries(document));
  return {
    kind: 'object',
    text(name) {
      const last = keysInOrder(json).findLast((key) => key.toLowerCase() === name.toLowerCase());
      const value = last === undefined ? undefined : values.get(last);
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

/** The keys of the outer object as they were written: a parsed object keeps the place of a key's first coming. */
function keysInOrder(json: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  let isKeyNext = false;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (token.startsWith('"') && isKeyNext && depth === 1) keys.push(String(JSON.parse(token)));
    isKeyNext = depth === 1 && (token === '{' || token === ',');
  }
  return keys;
}
