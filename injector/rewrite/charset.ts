/** A file's text, decoded without a doubt. */
export interface SureText {
  readonly text: string;
  /** The byte order mark it began with, or nothing; belongs before the rewritten text again. */
  readonly mark: '' | '\uFEFF';
}

/** How far browsers look for `<meta charset>`, in bytes. Source: WHATWG HTML, "prescan a byte stream". */
const PRESCAN_BYTES = 1024;

/**
 * Decodes a file, if there is no doubt that everybody else decodes it the same way: it is UTF-8 by its bytes, and
 * nothing (Content-Type, byte order mark, `<meta>`) says otherwise. A page with letters beyond ASCII must say UTF-8
 * itself, since browsers guess.
 *
 * @param isPage True for HTML; scripts, JSON and manifests are UTF-8 unless their Content-Type says otherwise.
 * @returns undefined when there is doubt: the file is then served as it is.
 */
export function decodeSurely(bytes: Uint8Array, contentType: string, isPage: boolean): SureText | undefined {
  const declared = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  if (declared !== undefined && !isUtf8Name(declared)) return undefined;
  // Half of UTF-16 looks like valid UTF-8; no text of ours has a NUL.
  if (bytes.includes(0)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const isMarked = text.startsWith('\uFEFF');
  if (isPage && declared === undefined && !isMarked) {
    const meta = /<meta\b[^<>]*\bcharset\s*=\s*(?:["']\s*)?([^\s"'/>;]+)/i.exec(
      text.slice(0, PRESCAN_BYTES),
    )?.[1];
    const isAscii = text.length === bytes.length;
    if (meta === undefined ? !isAscii : !isUtf8Name(meta)) return undefined;
  }
  return isMarked ? { text: text.slice(1), mark: '\uFEFF' } : { text, mark: '' };
}

function isUtf8Name(name: string): boolean {
  return /^utf-?8$/i.test(name);
}
