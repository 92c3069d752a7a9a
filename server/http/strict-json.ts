/** Deepest nesting of a body; ours have one level. */
const MAX_DEPTH = 8;

/** Most keys of a body, all levels together; ours have a handful. */
const MAX_KEYS = 64;

/** Keys that could become a prototype when a body is copied. Source: ASVS 5.0 15.3.6. */
const POISONOUS = new Set(['__proto__', 'constructor', 'prototype']);

/** A text without its closing quote is a token too, up to the end: looked for anew at each quote in it, it would cost the square of its length. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * Says why a JSON text must not be read, before it is parsed: a key twice, of which two readers may take different ones;
 * a key that could become a prototype; more levels or keys than any body of ours has. Undefined for everything else, also
 * for what is no JSON: the parser tells that. Takes time in proportion to the length, whatever the text is. Source: ASVS 5.0 15.3.6, 15.3.7; RFC 8259 section 4.
 */
export function findJsonFault(text: string): string | undefined {
  /** Keys so far of each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = [];
  let keys = 0;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : undefined) > MAX_DEPTH) return 'is nested too deeply';
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && last.startsWith('"')) {
      const key = readString(last);
      const known = open.at(-1);
      if (key === undefined || known === undefined) return undefined;
      if (POISONOUS.has(key)) return 'has a key that could become a prototype';
      if (known.has(key)) return 'has a key twice';
      if (++keys > MAX_KEYS) return 'has too many keys';
      known.add(key);
    }
    last = token;
  }
  return undefined;
}

function readString(token: string): string | undefined {
  try {
    return String(JSON.parse(token));
  } catch {
    return undefined;
  }
}
