import { connect } from 'node:net';

/** An answer as it came over the wire; chunks are joined, nothing else is touched. */
export interface RawAnswer {
  status: number;
  /** `Name: value` lines in order. */
  headers: string[];
  body: Buffer;
}

const PATIENCE_MS = 10_000;

function joinChunks(raw: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = raw.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = Number.parseInt(raw.toString('latin1', at, end), 16);
    if (raw.length < end + 2 + size + 2) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(raw.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

function parse(raw: Buffer, isHead: boolean, isOver: boolean): RawAnswer | undefined {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...headers] = raw.toString('latin1', 0, end).split('\r\n');
  const status = Number(first.split(' ')[1]);
  const rest = raw.subarray(end + 4);
  const value = (name: string): string | undefined =>
    headers.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
  if (isHead || status === 204 || status === 304 || status === 101)
    return { status, headers, body: Buffer.alloc(0) };
  if (value('transfer-encoding') === 'chunked') {
    const body = joinChunks(rest);
    return body && { status, headers, body };
  }
  const length = Number(value('content-length') ?? (isOver ? rest.length : Number.POSITIVE_INFINITY));
  return rest.length >= length ? { status, headers, body: rest.subarray(0, length) } : undefined;
}

/** Sends bytes as they are and reads one answer: for requests that any HTTP client would tidy up first. */
export function exchangeRaw(port: number, bytes: Buffer, isHead: boolean): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let raw = Buffer.alloc(0);
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = (isOver: boolean): void => {
      const answer = parse(raw, isHead, isOver);
      if (answer) {
        socket.destroy();
        resolve(answer);
      } else if (isOver) reject(new Error(`the connection ended after ${raw.length} bytes`));
    };
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no whole answer in time')));
    socket.on('data', (part) => {
      raw = Buffer.concat([raw, part]);
      finish(false);
    });
    socket.on('end', () => finish(true));
    socket.on('error', reject);
  });
}
