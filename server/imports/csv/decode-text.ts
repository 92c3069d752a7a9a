import { SourceError } from '../../ports/contact-source.ts';

/** The bytes of a text, from the beginning at each call. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** How much of the beginning tells UTF-16 without a byte order mark, in bytes. */
const LOOKED_AT = 1024;

/** A mark may be dropped and stands for nothing in the text. */
const MARKS: readonly (readonly [encoding: string, ...bytes: readonly number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** What windows-1252 has from 0x80 to 0x9f. Source: encoding.spec.whatwg.org, index windows-1252. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Finds out how a text is encoded: by its byte order mark; as UTF-16 by the zeros between Latin letters; as UTF-8 when all of
 * it is; else windows-1252, which spreadsheets write where nobody asks for more. Reads it once.
 *
 * @returns a label of the Encoding standard.
 */
export async function findEncoding(open: OpenBytes): Promise<string> {
  const head = await readHead(open);
  const marked = MARKS.find(([, ...bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (marked !== undefined) return marked[0];
  const zeros = (begin: number): number => head.filter((byte, at) => byte === 0 && at % 2 === begin).length;
  const [even, odd] = [zeros(0), zeros(1)];
  // A zero now and then is a sign of its own.
  if (Math.max(even, odd) > head.length / 10 && Math.min(even, odd) < head.length / 50)
    return odd > even ? 'utf-16le' : 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of open()) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

async function readHead(open: OpenBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of open()) {
    chunks.push(bytes);
    size += bytes.length;
    if (size >= LOOKED_AT) break;
  }
  return Buffer.concat(chunks).subarray(0, LOOKED_AT);
}

/**
 * Reads a text in pieces, without its byte order mark.
 *
 * @param encoding A label of the Encoding standard.
 * @throws {SourceError} when nobody knows the label.
 */
export async function* decodeText(open: OpenBytes, encoding: string): AsyncGenerator<string> {
  const decoder = createDecoder(encoding);
  const finish = (text: string): string => (decoder.encoding === 'windows-1252' ? mend(text) : text);
  for await (const bytes of open()) yield finish(decoder.decode(bytes, { stream: true }));
  yield finish(decoder.decode());
}

function createDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new SourceError(
      `"${encoding}" is no encoding; name one such as utf-8, windows-1252, windows-1251, shift_jis or gb18030`,
    );
  }
}

/** Some versions of Node read windows-1252 as ISO 8859-1, which has controls there. */
function mend(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80));
}
