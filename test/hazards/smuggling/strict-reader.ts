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

class Fault extends Error {}

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
  const body = readBody(bytes, headEnd + 4, valueIn('content-length'), valueIn('transfer-encoding'));
  return body && { request: { method, target, headers, body: body.bytes }, end: body.end };
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

function readBody(
  bytes: Buffer,
  from: number,
  length: string | undefined,
  coding: string | undefined,
): { bytes: Buffer; end: number } | undefined {
  if (length !== undefined && coding !== undefined) throw new Fault('both lengths');
  if (coding !== undefined && coding !== 'chunked') throw new Fault(`coding ${JSON.stringify(coding)}`);
  if (coding !== undefined) return readChunks(bytes, from);
  if (length !== undefined && !/^(0|[1-9]\d{0,14})$/.test(length)) throw new Fault(`length ${length}`);
  const end = from + Number(length ?? 0);
  return end > bytes.length ? undefined : { bytes: bytes.subarray(from, end), end };
}

function readChunks(bytes: Buffer, start: number): { bytes: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  let from = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', from, 'latin1');
    if (lineEnd === -1) return undefined;
    const line = bytes.toString('latin1', from, lineEnd);
    if (!/^[0-9a-f]{1,8}$/i.test(line)) throw new Fault(`chunk size ${JSON.stringify(line)}`);
    const size = Number.parseInt(line, 16);
    from = lineEnd + 2;
    if (bytes.length < from + size + 2) return undefined;
    if (bytes.toString('latin1', from + size, from + size + 2) !== '\r\n') throw new Fault('chunk end');
    parts.push(bytes.subarray(from, from + size));
    from += size + 2;
    if (size === 0) return { bytes: Buffer.concat(parts), end: from };
  }
}
