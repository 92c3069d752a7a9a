/** One request as it stood on the wire, read in the only way the RFCs allow. */
export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  /** Names in lower case, values as sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** What a connection's bytes mean. */
export interface Reading {
  readonly requests: readonly ReadRequest[];
  /** Bytes behind the last whole request: an unfinished one. */
  readonly rest: Buffer;
  /** The first thing that two readers could take differently; reading ends there. */
  readonly fault: string | undefined;
}

/** The head of a request, read in the only way the RFCs allow. */
export interface ReadHead extends Omit<ReadRequest, 'body'> {
  /** Bytes of the body that follows; undefined when it comes in chunks. */
  readonly length: number | undefined;
  /** Where the body begins. */
  readonly end: number;
}

/** Something that two readers could take differently. */
export class Fault extends Error {}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FRAMING = new Set(['content-length', 'transfer-encoding', 'host']);

/**
 * Reads every whole request in `bytes`. Stricter than any server: whatever leaves room for a second reading is a fault.
 * Source: RFC 9112 sections 2.2, 3, 5, 6 and 7.1.
 */
export function readStrictly(bytes: Buffer): Reading {
  const requests: ReadRequest[] = [];
  let from = 0;
  try {
    while (from < bytes.length) {
      const one = readOne(bytes, from);
      if (one === undefined) break;
      requests.push(one.request);
      from = one.end;
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { requests, rest: bytes.subarray(from), fault: error.message };
  }
  return { requests, rest: bytes.subarray(from), fault: undefined };
}

function readOne(bytes: Buffer, from: number): { request: ReadRequest; end: number } | undefined {
  const head = readHead(bytes, from);
  if (head === undefined) return undefined;
  const { method, target, headers } = head;
  const body = readBody(bytes, head);
  return body && { request: { method, target, headers, body: body.bytes }, end: body.end };
}

/**
 * Reads the head that begins at `from`; answers undefined while it is not whole.
 *
 * @throws {Fault} when it could be taken in two ways.
 */
export function readHead(bytes: Buffer, from: number): ReadHead | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n', from, 'latin1');
  if (headEnd === -1) return undefined;
  const [line = '', ...fields] = bytes.toString('latin1', from, headEnd).split('\r\n');
  const [, method = '', target = ''] = /^([A-Z]+) (\/[\x21-\x7e\x80-\xff]*) HTTP\/1\.1$/.exec(line) ?? [];
  if (method === '') throw new Fault(`request line ${JSON.stringify(line)}`);
  const headers = fields.map(readField);
  for (const name of FRAMING) {
    if (headers.filter(([one]) => one === name).length > 1) throw new Fault(`${name} twice`);
  }
  const valueIn = (name: string) => headers.find(([one]) => one === name)?.[1];
  if (!valueIn('host')) throw new Fault('no host');
  const length = readLength(valueIn('content-length'), valueIn('transfer-encoding'));
  return { method, target, headers, length, end: headEnd + 4 };
}

function readField(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon);
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (colon < 1 || !TOKEN.test(name)) throw new Fault(`header name in ${JSON.stringify(line)}`);
  for (const char of value) {
    const code = char.charCodeAt(0);
    if ((code < 32 && code !== 9) || code === 127) throw new Fault(`control character in ${name}`);
  }
  return [name.toLowerCase(), value];
}

function readLength(length: string | undefined, coding: string | undefined): number | undefined {
  if (length !== undefined && coding !== undefined) throw new Fault('both lengths');
  if (coding !== undefined && coding !== 'chunked') throw new Fault(`coding ${JSON.stringify(coding)}`);
  if (coding !== undefined) return undefined;
  if (length !== undefined && !/^(0|[1-9]\d{0,14})$/.test(length)) throw new Fault(`length ${length}`);
  return Number(length ?? 0);
}

function readBody(
  bytes: Buffer,
  { length, end: from }: ReadHead,
): { bytes: Buffer; end: number } | undefined {
  if (length === undefined) return readChunks(bytes, from);
  const end = from + length;
  return end > bytes.length ? undefined : { bytes: bytes.subarray(from, end), end };
}

function readChunks(bytes: Buffer, start: number): { bytes: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  let from = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', from, 'latin1');
    if (lineEnd === -1) return undefined;
    const line = bytes.toString('latin1', from, lineEnd);
    const size = readChunkSize(line);
    from = lineEnd + 2;
    if (bytes.length < from + size + 2) return undefined;
    if (bytes.toString('latin1', from + size, from + size + 2) !== '\r\n') throw new Fault('chunk end');
    parts.push(bytes.subarray(from, from + size));
    from += size + 2;
    if (size === 0) return { bytes: Buffer.concat(parts), end: from };
  }
}

/** @throws {Fault} when the line is anything but a size. */
export function readChunkSize(line: string): number {
  if (!/^[0-9a-f]{1,8}$/i.test(line)) throw new Fault(`chunk size ${JSON.stringify(line)}`);
  return Number.parseInt(line, 16);
}
