import type { IncomingMessage } from 'node:http';
import { hasBody } from '../http/headers.ts';
import { headerValues } from '../http/raw-headers.ts';
import { LIMITS } from './limits.ts';

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 400 | 405 | 408 | 413 | 414 | 417 | 421 | 426 | 431 | 501 | 503 | 505;
  /** For the log and the answer; says what was wrong, never repeats what was sent. */
  readonly reason: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** A name, an IPv4 address or a bracketed IPv6 address, and a port; what else RFC 9110 allows, no browser sends. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9._-]*)|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;

/**
 * Refuses every request that two readers could understand differently, before anything is forwarded.
 * Node's parser has already refused both lengths at once, bad chunks, bare line ends and unknown methods.
 *
 * What is unusual but can be read in one way only is let in: a body on any method (how long it is does not depend on the
 * method; Kestrel reads it, and it goes to Jellyfin over a connection of its own), and an offer to change the protocol
 * beside a body, which is forwarded without the offer.
 * Source: RFC 9112 sections 3.2, 6.1 and 6.3; RFC 9110 sections 7.2, 7.8, 9.3 and 10.1.1.
 */
export function validateRequest(request: IncomingMessage): Refusal | undefined {
  if (request.httpVersionMajor !== 1) return { status: 505, reason: 'only HTTP/1.0 and HTTP/1.1 are spoken' };
  if (!METHODS.has(request.method ?? '')) return { status: 501, reason: 'method is not supported' };
  if (request.rawHeaders.length / 2 > LIMITS.headerLines) return { status: 431, reason: 'too many headers' };
  if ((request.url ?? '').length > LIMITS.targetBytes) return { status: 414, reason: 'target is too long' };
  return validateHost(request) ?? validateFraming(request) ?? validateTarget(request.url ?? '');
}

/**
 * Refuses a WebSocket upgrade that Jellyfin could take in another way than we do.
 *
 * @param head Bytes that came behind it; a client waits for the 101 before it speaks the other protocol.
 * Source: RFC 6455 sections 4.1 and 4.2.1.
 */
export function validateUpgrade(request: IncomingMessage, head: Buffer): Refusal | undefined {
  const { headers, httpVersionMinor } = request;
  if (hasBody(request)) return { status: 400, reason: 'a body on an upgrade' };
  if (httpVersionMinor === 0) return { status: 400, reason: 'an upgrade over HTTP/1.0' };
  if (head.length > 0) return { status: 400, reason: 'bytes behind an upgrade' };
  if (headers['sec-websocket-version'] !== '13')
    return { status: 426, reason: 'WebSocket version is not 13' };
  const hasKey = /^[a-z0-9+/]{22}==$/i.test(headers['sec-websocket-key'] ?? '');
  return hasKey ? undefined : { status: 400, reason: 'WebSocket key is not 16 bytes' };
}

function validateHost(request: IncomingMessage): Refusal | undefined {
  const hosts = headerValues(request.rawHeaders, 'host');
  if (hosts.length > 1) return { status: 400, reason: 'more than one Host header' };
  const host = hosts[0];
  if (host === undefined) {
    return request.httpVersionMinor === 0 ? undefined : { status: 400, reason: 'Host header is missing' };
  }
  const [, port] = HOST.exec(host) ?? [];
  const isHost = HOST.test(host) && (port === undefined || Number(port) <= 65_535);
  return isHost ? undefined : { status: 400, reason: 'Host header is not a host name' };
}

function validateFraming(request: IncomingMessage): Refusal | undefined {
  const lengths = headerValues(request.rawHeaders, 'content-length');
  const encodings = headerValues(request.rawHeaders, 'transfer-encoding');
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^(?:0|[1-9]\d{0,14})$/.test(lengths[0]))) {
    return { status: 400, reason: 'Content-Length is not one number' };
  }
  if (lengths.length > 0 && encodings.length > 0) {
    return { status: 400, reason: 'both Content-Length and Transfer-Encoding' };
  }
  if (encodings.length > 0 && request.httpVersionMinor === 0) {
    return { status: 400, reason: 'Transfer-Encoding over HTTP/1.0' };
  }
  if (encodings.length > 1 || (encodings[0] !== undefined && encodings[0].toLowerCase() !== 'chunked')) {
    return { status: 501, reason: 'Transfer-Encoding is not chunked' };
  }
  const expectations = headerValues(request.rawHeaders, 'expect');
  if (expectations.some((value) => value.toLowerCase() !== '100-continue') || expectations.length > 1) {
    return { status: 417, reason: 'Expect is not 100-continue' };
  }
  return undefined;
}

/**
 * Paths that some server on the way may read as another one. `*` and absolute forms never reach Jellyfin's routes. A plain
 * backslash is a slash to whoever reads URLs as browsers do (WHATWG URL, section 4.4); an encoded one is a letter like any
 * other, to Jellyfin as to us: `%5C` was sent to real servers of 10.8.13 to 12.0, and reached no route by it.
 */
function validateTarget(target: string): Refusal | undefined {
  if (!target.startsWith('/')) return { status: 400, reason: 'request target is not a path' };
  const path = target.split('?', 1)[0] ?? '';
  if (/[\\#]|%00/.test(path))
    return { status: 400, reason: 'path has a plain backslash, a NUL or a fragment' };
  if (/%(?![0-9a-f]{2})/i.test(path)) return { status: 400, reason: 'path has a broken percent encoding' };
  return undefined;
}

/**
 * Turns an absolute-form target into the path it names, when it names the same host as the Host header; the port of its
 * scheme may be written or left out in either. Source: RFC 9112 section 3.2.2; RFC 9110 section 4.2.3. Returns the target
 * unchanged when it is not of that form or names another host.
 */
export function toOriginForm(target: string, host: string | undefined): string {
  const match = /^(https?):\/\/([^/?#@\\]+)(\/[^#]*|\?[^#]*)?$/i.exec(target);
  if (match === null) return target;
  const [, scheme = '', authority = '', path = ''] = match;
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const named = [authority, host ?? ''].map((one) => one.toLowerCase());
  const [asked, told] = named.map((one) => (one.endsWith(usual) ? one.slice(0, -usual.length) : one));
  if (asked !== told) return target;
  return path.startsWith('/') ? path : `/${path}`;
}
