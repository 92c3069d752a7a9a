import { CSS_PIECE } from '../kit/css-pieces.ts';

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/**
 * Closes what a stylesheet leaves open, and takes out a `}` that closes nothing, so that rules that are written behind it
 * or around it are read as if it were a file of its own. Source: CSS Syntax 3, sections 5.4.8 and 9.
 */
export function closeCss(css: string): string {
  const open: string[] = [];
  let out = '';
  let done = 0;
  let end = '';
  for (const { 0: piece, index } of css.matchAll(CSS_PIECE)) {
    const first = piece[0] ?? '';
    const closing = CLOSING[first];
    if (closing !== undefined) open.push(closing);
    else if (first === open.at(-1)) open.pop();
    else if (first === '}' && open.length === 0) {
      out += css.slice(done, index);
      done = index + 1;
    }
    if (index + piece.length === css.length) end = endOf(piece);
  }
  return out + css.slice(done) + end + open.reverse().join('');
}

/** What the last piece of a text lacks. */
function endOf(piece: string): string {
  if (piece.startsWith('/*')) return piece.length > 3 && piece.endsWith('*/') ? '' : '*/';
  if (piece === '\\') return '\n';
  const [quote = ''] = piece;
  const isText = quote === '"' || quote === "'";
  return !isText || (piece.length > 1 && /(?<!\\)(?:\\\\)*["']$/.test(piece)) ? '' : quote;
}
