import { addressesIn, unescapeCss } from './css-addresses.ts';

/**
 * Puts the rules of all mods into one stylesheet, in order. `@import` lines at the head of a part go to the head of the
 * whole, since browsers ignore them anywhere else; each part carries its mod's name.
 *
 * Source: CSS Cascading and Inheritance Level 5, section 2 (position of `@import`).
 */
export function joinStylesheets(parts: readonly { readonly mod: string; readonly css: string }[]): string {
  const imports: string[] = [];
  const rules: string[] = [];
  for (const { mod, css } of parts) {
    const end = endOfImports(css);
    if (end > 0) imports.push(css.slice(0, end).trim());
    const rest = css.slice(end).trim();
    if (rest !== '') rules.push(`/* ${mod} */\n${rest}`);
  }
  return [...imports, ...rules].map((part) => `${part}\n`).join('');
}

const SPACE_OR_COMMENT = /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+/y;
const CHARSET = /@charset\s[^;]*;/isy;
/** Names layers in their order; may stand between imports. */
const LAYERS = /@layer\s[^;{}]*;/iy;
/** Semicolons inside quotes and brackets belong to the address, e.g. of a font service. */
const IMPORT =
  /@import(?=[\s"'(/])(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^)"'\\]|\\.|"[^"]*"|'[^']*')*\)|[^;"'(])*;/isy;

/** Where the rules begin: behind the last `@import` that has only imports, layers, spaces and comments before it. */
function endOfImports(css: string): number {
  return readHead(css).at(-1)?.end ?? 0;
}

/** A statement at the head of a stylesheet, with the layers that are named before it. */
interface HeadStatement {
  readonly layers: readonly string[];
  readonly importRule: string;
  readonly end: number;
}

function readHead(css: string): HeadStatement[] {
  const found: HeadStatement[] = [];
  let layers: string[] = [];
  let position = 0;
  for (;;) {
    const skipped = lengthAt(SPACE_OR_COMMENT, css, position) || lengthAt(CHARSET, css, position);
    const layer = skipped > 0 ? 0 : lengthAt(LAYERS, css, position);
    const length = skipped || layer || lengthAt(IMPORT, css, position);
    if (length === 0) return found;
    const text = css.slice(position, position + length);
    position += length;
    if (layer > 0) layers.push(text);
    else if (skipped === 0) {
      found.push({ layers, importRule: text, end: position });
      layers = [];
    }
  }
}

/** An `@import` in its parts. */
export interface CssImport {
  /** Its escapes are read. */
  readonly address: string;
  /** `@layer` statements that stand right before it; mostly empty. */
  readonly before: string;
  /** The rule as it is written. */
  readonly text: string;
  /** Puts the rules of the imported stylesheet where its conditions hold. */
  wrap(css: string): string;
}

/**
 * Takes the imports from the head of a stylesheet; the order of what follows stays.
 *
 * Source: CSS Cascading and Inheritance Level 5, section 2.
 */
export function splitImports(css: string): {
  readonly imports: readonly CssImport[];
  readonly rules: string;
} {
  const head = readHead(css);
  const imports = head.flatMap(({ layers, importRule }): CssImport[] => {
    const address = addressesIn(importRule)[0];
    if (address === undefined) return [];
    const conditions = importRule.slice(address.end + address.quote.length, -1);
    // `url(` is closed by what stands first; a text by itself is not.
    const isFunction = /^@import\s*(?:\/\*[^*]*\*\/\s*)?url\(/i.test(importRule);
    const { wrap } = readConditions(isFunction ? conditions.replace(/^\s*\)/, '') : conditions);
    return [
      { address: unescapeCss(address.written.trim()), before: layers.join('\n'), text: importRule, wrap },
    ];
  });
  return { imports, rules: css.slice(head.at(-1)?.end ?? 0).replace(CHARSET_AT_START, '') };
}

const CHARSET_AT_START = /^\s*@charset\s[^;]*;/i;
const LAYER = /^\s*layer(?:\(([^()]*)\)|(?![\w(-]))/i;
const SUPPORTS = /^\s*supports(?=\()/i;

/** The end of the bracket that a text begins with, itself included; the whole text where it is not closed. */
function endOfBracket(text: string): number {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

function readConditions(text: string): Pick<CssImport, 'wrap'> {
  const layer = LAYER.exec(text);
  let rest = text.slice(layer?.[0].length ?? 0);
  const wraps: string[] =
    layer === null ? [] : [`@layer${layer[1] === undefined ? '' : ` ${layer[1].trim()}`}`];
  const supports = SUPPORTS.exec(rest);
  if (supports !== null) {
    rest = rest.slice(supports[0].length);
    const end = endOfBracket(rest);
    wraps.push(`@supports ${rest.slice(0, end)}`);
    rest = rest.slice(end);
  }
  if (rest.trim() !== '') wraps.push(`@media ${rest.trim()}`);
  return { wrap: (css) => wraps.reduceRight((inner, around) => `${around} {\n${inner}\n}`, css) };
}

function lengthAt(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0].length ?? 0;
}
