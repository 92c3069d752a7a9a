import { FileFaultError } from './file-fault.ts';

/** What bytes were recognised as. */
export interface Media {
  readonly kind: 'picture' | 'font';
  /** Of the served name, without a dot. */
  readonly extension: string;
  readonly contentType: string;
}

const media = (kind: Media['kind'], extension: string, contentType: string): Media => ({
  kind,
  extension,
  contentType,
});

const ascii = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end);

/** Where an SVG begins: behind a mark, the XML declaration, comments and a document type without a subset. */
const SVG_START = /^(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!doctype\s[^>[]*>)*<svg[\s>/]/i;
/** How far it is looked for, in bytes. */
const SVG_HEAD_BYTES = 4096;

/** By the first bytes: what they are, whatever the file is called. */
const SIGNATURES: readonly { readonly is: (bytes: Buffer) => boolean; readonly media: Media }[] = [
  { is: (b) => ascii(b, 0, 8) === '\x89PNG\r\n\x1a\n', media: media('picture', 'png', 'image/png') },
  { is: (b) => ascii(b, 0, 3) === '\xff\xd8\xff', media: media('picture', 'jpg', 'image/jpeg') },
  { is: (b) => /^GIF8[79]a$/.test(ascii(b, 0, 6)), media: media('picture', 'gif', 'image/gif') },
  {
    is: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP',
    media: media('picture', 'webp', 'image/webp'),
  },
  {
    is: (b) => ascii(b, 4, 8) === 'ftyp' && /^(?:....)*?avi[fs]/.test(ascii(b, 8, 64)),
    media: media('picture', 'avif', 'image/avif'),
  },
  { is: (b) => ascii(b, 0, 4) === 'wOF2', media: media('font', 'woff2', 'font/woff2') },
  { is: (b) => ascii(b, 0, 4) === 'wOFF', media: media('font', 'woff', 'font/woff') },
  { is: (b) => ascii(b, 0, 4) === 'OTTO', media: media('font', 'otf', 'font/otf') },
  {
    is: (b) => ascii(b, 0, 4) === '\x00\x01\x00\x00' || ascii(b, 0, 4) === 'true',
    media: media('font', 'ttf', 'font/ttf'),
  },
  {
    is: (b) => SVG_START.test(b.toString('utf8', 0, SVG_HEAD_BYTES).replace(/^\uFEFF/, '')),
    media: media('picture', 'svg', 'image/svg+xml'),
  },
];

/**
 * Tells pictures (png, jpeg, gif, webp, avif, svg) and fonts (woff2, woff, ttf, otf) by their bytes; undefined for all else.
 *
 * Source: MIME Sniffing Standard, sections 6.1 and 6.4; ISO/IEC 23008-12 (brands of AVIF); OpenType 1.9, "Font tables".
 */
export function recognize(bytes: Buffer): Media | undefined {
  return SIGNATURES.find(({ is }) => is(bytes))?.media;
}

/** What is left of a picture or a font as text is hardly ever what was meant. */
const WANTED = {
  picture: 'a picture (png, jpeg, gif, webp, avif or svg)',
  font: 'a font (woff2, woff, ttf or otf)',
} as const;

/** @throws {FileFaultError} when the bytes are of another kind. */
export function expectMedia(bytes: Buffer, kind: Media['kind']): Media {
  const found = recognize(bytes);
  if (found?.kind === kind) return found;
  if (bytes.length === 0) throw new FileFaultError('is empty; copy it here again');
  const start = bytes.toString('latin1', 0, 256).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html'))
    throw new FileFaultError(`is a web page and not ${WANTED[kind]}; save the file itself`);
  if (found !== undefined)
    throw new FileFaultError(`is ${WANTED[found.kind]} by its bytes, and ${WANTED[kind]} belongs here`);
  throw new FileFaultError(
    `is not ${WANTED[kind]} by its bytes, whatever its name says; convert it to one of these`,
  );
}

/** @throws {FileFaultError} when the bytes are no text in UTF-8. A byte order mark is dropped. */
export function expectText(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new FileFaultError('is saved as UTF-16; save it as UTF-8');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileFaultError('is not text in UTF-8; save it as UTF-8');
  }
  if (text.includes('\0'))
    throw new FileFaultError('is not text: it has zero bytes in it; is this the right file?');
  if (/^\s*<(?:!doctype html|html)/i.test(text))
    throw new FileFaultError('is a web page and not a style or script; name the file itself ("raw")');
  return text;
}
