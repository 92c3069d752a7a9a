/** How an answer says where its body ends. */
export type Framing = 'a length' | 'chunks' | 'its end';

/** A body of that many bytes which, wherever somebody begins to read it as a request, is one that names its mark. */
export function bodyOf(mark: string, size: number): Buffer {
  return Buffer.alloc(size, bodyUnit(mark), 'latin1');
}

/** Whether a piece is what stands in that body at that place. */
export function isOfBody(mark: string, piece: Buffer, offset: number): boolean {
  const start = offset % bodyUnit(mark).length;
  return bodyOf(mark, start + piece.length)
    .subarray(start)
    .equals(piece);
}

function bodyUnit(mark: string): string {
  return `GET /crossed?mark=${mark} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

/** The mark that a target names. */
export function markIn(target: string): string {
  return /[?&]mark=([a-z0-9]+)/.exec(target)?.[1] ?? '';
}

/** All marks that a text names, each once. */
export function marksIn(text: string): string[] {
  return [...new Set([...text.matchAll(/mark=([a-z0-9]+)[; ]/g)].map(([, mark = '']) => mark))];
}

/** Says a request in raw bytes; a body in chunks is one chunk for each 48 kB. */
export function requestOf(
  mark: string,
  { method = 'GET', path = '/ask', size = 0, isChunked = false } = {},
): Buffer {
  const head = `${method} ${path}?mark=${mark} HTTP/1.1\r\nHost: a\r\n`;
  if (method === 'GET') return Buffer.from(`${head}\r\n`);
  const body = bodyOf(mark, size);
  if (!isChunked) return Buffer.concat([Buffer.from(`${head}Content-Length: ${size}\r\n\r\n`), body]);
  return Buffer.concat([Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`), ...chunksOf(body)]);
}

/** Says an answer in raw bytes; `its end` needs the end of the connection behind it. */
export function answerOf(mark: string, framing: Framing, size = 0): Buffer {
  const body = Buffer.alloc(Math.max(size, `answer mark=${mark};`.length), `answer mark=${mark};`, 'latin1');
  const head = (line: string): Buffer => Buffer.from(`HTTP/1.1 200 OK\r\n${line}\r\n`);
  if (framing === 'its end') return Buffer.concat([head(''), body]);
  if (framing === 'chunks') return Buffer.concat([head('Transfer-Encoding: chunked\r\n'), ...chunksOf(body)]);
  return Buffer.concat([head(`Content-Length: ${body.length}\r\n`), body]);
}

const CHUNK_BYTES = 48 * 1024;

function chunksOf(body: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from < body.length; from += CHUNK_BYTES) {
    const piece = body.subarray(from, from + CHUNK_BYTES);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return [...parts, Buffer.from('0\r\n\r\n')];
}
