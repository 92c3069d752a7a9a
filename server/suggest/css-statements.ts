/** A rule or an at-rule of a stylesheet. */
export interface Statement {
  /** As written, with the comments before and in it. */
  readonly text: string;
  /** Selectors, or name and rest of an at-rule, in one spelling: no comments, no blanks that mean nothing, double quotes. */
  readonly head: string;
  /** What stands between its braces; undefined where there are none, as in `@import`. */
  readonly body: string | undefined;
}

/** One line of a rule. */
export interface Declaration {
  /** In lower case. */
  readonly name: string;
  /** In lower case only where it is a word; without `!important`. */
  readonly value: string;
  readonly text: string;
}

/** The sign, string, comment or address that begins at a place: where it ends. */
function endOfToken(css: string, at: number): number {
  const sign = css.charAt(at);
  if (sign === '\\') return at + 2;
  if (sign === '/' && css.charAt(at + 1) === '*') return endAfter(css, '*/', at + 2);
  if (sign === '"' || sign === "'") {
    let end = at + 1;
    while (end < css.length && css.charAt(end) !== sign && css.charAt(end) !== '\n') {
      end += css.charAt(end) === '\\' ? 2 : 1;
    }
    return end + 1;
  }
  const isAddress = (sign === 'u' || sign === 'U') && css.slice(at, at + 4).toLowerCase() === 'url(';
  if (!isAddress) return at + 1;
  // An address in quotes is a string in brackets, and read as such.
  return /^\s*["']/.test(css.slice(at + 4, at + 40)) ? at + 3 : endAfter(css, ')', at + 4);
}

function endAfter(css: string, end: string, from: number): number {
  const found = css.indexOf(end, from);
  return found === -1 ? css.length : found + end.length;
}

/** Cuts a text at signs that stand in no string, comment, address or bracket. */
function cut(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let begin = 0;
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const sign = text.charAt(at);
    if (sign === '(' || sign === '[') depth += 1;
    if (sign === ')' || sign === ']') depth = Math.max(0, depth - 1);
    if (sign === separator && depth === 0) {
      parts.push(text.slice(begin, at));
      begin = at + 1;
    }
    at = endOfToken(text, at);
  }
  return [...parts, text.slice(begin)];
}

/** Reads a stylesheet, in time in proportion to its length; never throws. What is broken is a statement without a body. */
export function readStatements(css: string): Statement[] {
  const found: Statement[] = [];
  let begin = 0;
  let opened = -1;
  let depth = 0;
  let brackets = 0;
  const end = (at: number, body: string | undefined): void => {
    const text = css.slice(begin, at);
    const head = normalize(css.slice(begin, opened === -1 ? at : opened));
    if (head !== '' || body !== undefined) found.push({ text: text.trim(), head, body });
    begin = at;
    opened = -1;
    brackets = 0;
  };
  for (let at = 0; at < css.length; ) {
    const sign = css.charAt(at);
    const next = endOfToken(css, at);
    if (sign === '(') brackets += 1;
    else if (sign === ')') brackets = Math.max(0, brackets - 1);
    else if (sign === '{') {
      if (depth === 0) opened = at;
      depth += 1;
    } else if (sign === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0) end(next, opened === -1 ? undefined : css.slice(opened + 1, at));
    } else if (sign === ';' && depth === 0 && brackets === 0) end(next, undefined);
    at = next;
  }
  if (begin < css.length) end(css.length, undefined);
  return found;
}

/** Selectors of a rule, each in one spelling. */
export const selectorsOf = ({ head }: Statement): string[] => cut(head, ',').map((one) => one.trim());

/** Reads the lines of a rule; undefined where there are rules in it. */
export function readDeclarations(body: string | undefined): Declaration[] | undefined {
  if (body === undefined) return undefined;
  const plain = withoutComments(body);
  if (plain.includes('{')) return undefined;
  return cut(plain, ';').flatMap((text) => {
    const colon = text.indexOf(':');
    if (colon === -1) return [];
    const value = text
      .slice(colon + 1)
      .replace(/\s+/g, ' ')
      .trim();
    return {
      name: text.slice(0, colon).trim().toLowerCase(),
      value: value.replace(/ ?! ?important$/i, ''),
      text: text.trim(),
    };
  });
}

/** The address of a `url(…)` or of a string, the first one in a value. */
export function addressIn(value: string): string | undefined {
  const quoted = /(?:^|url\( ?)"([^"]*)"|(?:^|url\( ?)'([^']*)'/i.exec(value);
  const found = quoted?.[1] ?? quoted?.[2] ?? /url\( ?([^\s"'()]+) ?\)/i.exec(value)?.[1];
  return found === '' ? undefined : found;
}

function withoutComments(css: string): string {
  let out = '';
  for (let at = 0; at < css.length; ) {
    const next = endOfToken(css, at);
    out += css.startsWith('/*', at) ? ' ' : css.slice(at, next);
    at = next;
  }
  return out;
}

function normalize(head: string): string {
  const plain = withoutComments(head).replace(/;\s*$/, '').replaceAll("'", '"').replace(/\s+/g, ' ');
  return plain.replace(/ ?([>+~,]) ?/g, '$1').trim();
}
