/** From the stylesheet of the mods (`/gatehouse/mods/HASH.css`) to the page it is for. */
const TO_PAGE = '../../web/';

/** Has a scheme, a root, or is a part of the page itself; one that begins with an escape is nobody's to judge. */
const STANDS_ALONE = /^(?:[a-z][a-z0-9+.-]*:|[/#\\]|$)/i;

/** What tells where an address is: comments, strings and brackets, each read to its end or to that of the text. */
const TOKEN =
  /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|(?<opening>@import\s*(?=["'])|(?<![\w-])url\(\s*|(?<set>(?<![\w-])(?:-webkit-)?image-set\())|(?<text>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)|(?<bracket>[()])/gi;
const BARE = /(?:[^\s"'()\\]|\\[\s\S])+/y;

/**
 * Writes the relative addresses of a stylesheet (`url(x)`, `@import "x"`, `image-set("x" 1x)`) so that they lead where they
 * would in a `<style>` of Jellyfin's page, which is where people know rules of their own from; everything else stays.
 * Takes time in proportion to the length. Source: CSS Values 4, section 4.5; CSS Syntax 3, section 4.3.6.
 */
export function asSeenFromPage(css: string): string {
  let out = '';
  let done = 0;
  let depth = 0;
  /** How deep the open `image-set(` is: only its own strings are addresses, not those of `type()` in it. */
  let setDepth: number | undefined;
  let isAddressNext = false;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(css); token !== null; token = TOKEN.exec(css)) {
    const { opening, set, text, bracket } = token.groups ?? {};
    if (text !== undefined && (isAddressNext || (setDepth !== undefined && setDepth === depth))) {
      out += css.slice(done, token.index + 1) + prefixOf(text.slice(1).replace(/["']$/, ''));
      done = token.index + 1;
    }
    isAddressNext = opening !== undefined && set === undefined;
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
    out += css.slice(done, TOKEN.lastIndex) + prefixOf(bare);
    done = TOKEN.lastIndex;
    TOKEN.lastIndex += bare.length;
    isAddressNext = false;
  }
  return out + css.slice(done);
}

const prefixOf = (address: string): string => (STANDS_ALONE.test(address.trim()) ? '' : TO_PAGE);
