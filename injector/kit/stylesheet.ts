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
/** Semicolons inside quotes and brackets belong to the address, e.g. of a font service. */
const IMPORT =
  /@import(?=[\s"'(/])(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^)"'\\]|\\.|"[^"]*"|'[^']*')*\)|[^;"'(])*;/isy;

/** Where the rules begin: behind the last `@import` that has only imports, spaces and comments before it. */
function endOfImports(css: string): number {
  let position = 0;
  let end = 0;
  for (;;) {
    const skipped = lengthAt(SPACE_OR_COMMENT, css, position) || lengthAt(CHARSET, css, position);
    const length = skipped || lengthAt(IMPORT, css, position);
    if (length === 0) return end;
    position += length;
    if (skipped === 0) end = position;
  }
}

function lengthAt(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0].length ?? 0;
}
