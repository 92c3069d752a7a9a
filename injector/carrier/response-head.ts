import { HOP_BY_HOP } from '../http/headers.ts';

/** Jellyfin (or whatever answers in its place) sent something that is not one clear HTTP/1.1 answer. */
export class UpstreamProtocolError extends Error {
  readonly code = 'upstream-protocol';
  override name = 'UpstreamProtocolError';
}

/** How the end of a body is known. Source: RFC 9112 section 6.3. */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'until-close' }
  | { readonly kind: 'length'; readonly bytes: number };

/** Status line and headers of an answer. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** End-to-end headers, names and values in turn, in the order and spelling in which they came. */
  readonly headers: string[];
  readonly framing: Framing;
  /** True when another request may follow on the same connection. */
  readonly isReusable: boolean;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
/** Source: RFC 9110 section 5.1 and 5.5: a token, a colon, a value without controls; no line folding. */
const FIELD_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;
const MAX_FIELDS = 256;

/**
 * Reads the head of an answer, strictly: what two readers could understand differently is an error, so that no answer
 * is ever taken for a part of another one.
 *
 * @param text From the status line to before the empty line, one character a byte.
 * @param method Of the request; an answer to HEAD has no body whatever it says.
 * @throws {UpstreamProtocolError} Source: RFC 9112 sections 2.2, 4, 5, 6.
 */
export function parseResponseHead(text: string, method: string): ResponseHead {
  const lines = text.split('\r\n');
  const start = STATUS_LINE.exec(lines[0] ?? '');
  if (start === null) throw new UpstreamProtocolError('the status line is not one of HTTP/1.1');
  if (lines.length - 1 > MAX_FIELDS) throw new UpstreamProtocolError(`over ${MAX_FIELDS} headers`);
  const isOld = start[1] === '0';
  const status = Number(start[2]);
  const headers: string[] = [];
  let length: string | undefined;
  let coding: string | undefined;
  let connection: string | undefined;
  for (let index = 1; index < lines.length; index += 1) {
    const field = FIELD_LINE.exec(lines[index] ?? '');
    if (field === null) throw new UpstreamProtocolError('a header line is malformed');
    const name = field[1] ?? '';
    const value = (field[2] ?? '').trimEnd();
    const lower = name.toLowerCase();
    if (lower === 'content-length') {
      if (length !== undefined) throw new UpstreamProtocolError('two Content-Length headers');
      length = value;
    } else if (HOP_BY_HOP.has(lower)) {
      if (lower === 'transfer-encoding') coding = coding === undefined ? value : `${coding}, ${value}`;
      if (lower === 'connection') connection = connection === undefined ? value : `${connection}, ${value}`;
      continue;
    }
    headers.push(name, value);
  }
  const options =
    connection === undefined ? [] : connection.split(',').map((option) => option.trim().toLowerCase());
  return {
    status,
    reason: start[3] ?? '',
    headers: withoutNamed(headers, options),
    framing: findFraming(method, status, length, coding, isOld),
    isReusable: !isOld && !options.includes('close'),
  };
}

/** Without the headers that Connection names. Source: RFC 9110 section 7.6.1. */
function withoutNamed(headers: string[], options: readonly string[]): string[] {
  const named = options.filter(
    (option) => option !== 'keep-alive' && option !== 'close' && option !== 'content-length',
  );
  if (named.length === 0) return headers;
  return headers.filter(
    (_entry, index) => !named.includes((headers[index - (index % 2)] ?? '').toLowerCase()),
  );
}

function findFraming(
  method: string,
  status: number,
  length: string | undefined,
  coding: string | undefined,
  isOld: boolean,
): Framing {
  if (length !== undefined && !/^\d{1,15}$/.test(length)) {
    throw new UpstreamProtocolError('Content-Length is not a number');
  }
  if (coding !== undefined) {
    if (length !== undefined) throw new UpstreamProtocolError('both Content-Length and Transfer-Encoding');
    if (isOld || coding.toLowerCase() !== 'chunked')
      throw new UpstreamProtocolError('a transfer coding besides chunked');
  }
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  if (coding !== undefined) return { kind: 'chunked' };
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) };
}
