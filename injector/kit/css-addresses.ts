/** From the stylesheet of the mods (`/gatehouse/mods/HASH.css`) to the page it is for. */
const TO_PAGE = '../../web/';

/** Has a scheme, a root, or is a part of the page itself; one that begins with an escape is nobody's to judge. */
const STANDS_ALONE = /^(?:[a-z][a-z0-9+.-]*:|[/#\\]|$)/i;

/** What stands before the address that is only the name of a namespace. */
const NAMESPACE = /@namespace(?:\s+[\w-]+)?\s*$/i;

/** What tells where an address is: comments, strings and brackets, each read to its end or to that of the text. */
const TOKEN =
  /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|(?<opening>@import\s*(?=["'])|(?<![\w-])(?:url|src)\(\s*|(?<set>(?<![\w-])(?:-webkit-)?image-set\())|(?<text>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)|(?<bracket>[()])/gi;
const BARE = /(?:[^\s"'()\\]|\\[\s\S])+/y;

/** An address in a stylesheet. */
export interface CssAddress {
  /** As it is written, without quotes and with its escapes. */
  readonly written: string;
  /** Where it is written, from 0, quotes left out. */
  readonly start: number;
  readonly end: number;
  /** The quotation mark around it; empty for none. */
  readonly quote: string;
}

/**
 * Finds every address of a stylesheet (`url(x)`, `@import "x"`, `image-set("x" 1x)`), in order; names of `@namespace` are none.
 * Takes time in proportion to the length. Source: CSS Values 4, section 4.5; CSS Syntax 3, section 4.3.6.
 */
export function addressesIn(css: string): CssAddress[] {
  const found: CssAddress[] = [];
  let depth = 0;
  /** How deep the open `image-set(` is: only its own strings are addresses, not those of `type()` in it. */
  let setDepth: number | undefined;
  let isAddressNext = false;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(css); token !== null; token = TOKEN.exec(css)) {
    const { opening, set, text, bracket } = token.groups ?? {};
    if (text !== undefined && (isAddressNext || (setDepth !== undefined && setDepth === depth))) {
      const written = text.slice(1).replace(/["']$/, '');
      const start = token.index + 1;
      found.push({ written, start, end: start + written.length, quote: text.slice(0, 1) });
    }
    const isNamespace =
      opening !== undefined && NAMESPACE.test(css.slice(Math.max(0, token.index - 120), token.index));
    isAddressNext = opening !== undefined && set === undefined && !isNamespace;
    if (opening?.endsWith('(') || /\(\s*$/.test(opening ?? '') || bracket === '(') depth += 1;
    if (set !== undefined) setDepth = depth;
    if (bracket === ')') {
      if (setDepth === depth) setDepth = undefined;
      depth -= 1;
    }
    if (!isAddressNext || opening?.startsWith('@')) continue;
    BARE.lastIndex = TOKEN.lastIndex;
    const bare = BARE.exec(css)?.[0];
    if (bare === undefined) continue;
    const start = TOKEN.lastIndex;
    found.push({ written: bare, start, end: start + bare.length, quote: '' });
    TOKEN.lastIndex = start + bare.length;
    isAddressNext = false;
  }
  return found;
}

/**
 * Writes the relative addresses of a stylesheet so that they lead where they would in a `<style>` of Jellyfin's page, which is
 * where people know rules of their own from; everything else stays.
 */
export function asSeenFromPage(css: string): string {
  let out = '';
  let done = 0;
  for (const { written, start } of addressesIn(css)) {
    if (STANDS_ALONE.test(written.trim())) continue;
    out += css.slice(done, start) + TO_PAGE;
    done = start;
  }
  return out + css.slice(done);
}

/**
 * Puts other addresses in place of those of a stylesheet.
 *
 * @param replace Gets each address in the order of the text, its escapes read; answers undefined to leave it as it is.
 */
export function replaceAddresses(css: string, replace: (address: string) => string | undefined): string {
  let out = '';
  let done = 0;
  for (const { written, start, end, quote } of addressesIn(css)) {
    const next = replace(unescapeCss(written));
    if (next === undefined) continue;
    out += css.slice(done, start) + writeAddress(next, quote);
    done = end;
  }
  return out + css.slice(done);
}

/** An address in the quotes that are there, or in our own. No character of it can end them. */
function writeAddress(address: string, quote: string): string {
  const inside = address.replace(/["'\\\n\r\f]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `);
  return quote === '' ? `"${inside}"` : inside;
}

/** Reads the escapes of a name, string or address. Source: CSS Syntax 3, section 4.3.7. */
export function unescapeCss(written: string): string {
  return written.replace(
    /\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|(\r\n|[\s\S]))/gi,
    (_all, hex?: string, sign = '') => {
      if (hex === undefined) return /[\n\r\f]/.test(sign) ? '' : sign;
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
        ? '\uFFFD'
        : String.fromCodePoint(code);
    },
  );
}
