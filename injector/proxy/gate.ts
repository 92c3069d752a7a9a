import type { IncomingMessage } from 'node:http';

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 400 | 405 | 417 | 501 | 505;
  /** For the log and the answer; says what was wrong, never repeats what was sent. */
  readonly reason: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Methods whose body has no meaning; Jellyfin's own clients never send one. Source: RFC 9110 section 9.3. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
/** `uri-host [ ":" port ]`: a name, an IPv4 address or a bracketed IPv6 address. Source: RFC 9110 section 7.2. */
const HOST = /^(?:[a-z0-9._~!$&'()*+;=%-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Refuses every request that two readers could understand differently, before anything is forwarded.
 * Node's parser has already refused both lengths at once, bad chunks, bare line ends and unknown methods.
 * Source: RFC 9112 sections 3.2, 6.1 and 6.3; RFC 9110 sections 7.2, 9.3 and 10.1.1.
 */
export function refuse(request: IncomingMessage): Refusal | undefined {
  if (request.httpVersionMajor !== 1) return { status: 505, reason: 'only HTTP/1.0 and HTTP/1.1 are spoken' };
  if (!METHODS.has(request.method ?? '')) return { status: 501, reason: 'method is not supported' };
  return refuseHost(request) ?? refuseFraming(request) ?? refuseTarget(request.url ?? '');
}

function refuseHost(request: IncomingMessage): Refusal | undefined {
  const hosts = valuesOf(request, 'host');
  if (hosts.length > 1) return { status: 400, reason: 'more than one Host header' };
  const host = hosts[0];
  if (host === undefined) {
    return request.httpVersionMinor === 0 ? undefined : { status: 400, reason: 'Host header is missing' };
  }
  return HOST.test(host) ? undefined : { status: 400, reason: 'Host header is not a host name' };
}

function refuseFraming(request: IncomingMessage): Refusal | undefined {
  const lengths = valuesOf(request, 'content-length');
  const encodings = valuesOf(request, 'transfer-encoding');
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^\d{1,15}$/.test(lengths[0]))) {
    return { status: 400, reason: 'Content-Length is not one number' };
  }
  if (lengths.length > 0 && encodings.length > 0) {
    return { status: 400, reason: 'both Content-Length and Transfer-Encoding' };
  }
  if (encodings.length > 1 || (encodings[0] !== undefined && encodings[0].toLowerCase() !== 'chunked')) {
    return { status: 501, reason: 'Transfer-Encoding is not chunked' };
  }
  const hasBody = encodings.length > 0 || Number(lengths[0] ?? 0) > 0;
  if (hasBody && BODILESS.has(request.method ?? '')) {
    return { status: 400, reason: 'a body on a method that has none' };
  }
  if (hasBody && request.headers.upgrade !== undefined)
    return { status: 400, reason: 'a body on an upgrade' };
  const expectations = valuesOf(request, 'expect');
  if (expectations.some((value) => value.toLowerCase() !== '100-continue') || expectations.length > 1) {
    return { status: 417, reason: 'Expect is not 100-continue' };
  }
  return undefined;
}

/** Paths that some server on the way may read as another one. `*` and absolute forms never reach Jellyfin's routes. */
function refuseTarget(target: string): Refusal | undefined {
  if (!target.startsWith('/')) return { status: 400, reason: 'request target is not a path' };
  const path = target.split('?', 1)[0] ?? '';
  if (/[\\#]|%00|%5c/i.test(path))
    return { status: 400, reason: 'path has a backslash, a NUL or a fragment' };
  if (/%(?![0-9a-f]{2})/i.test(path)) return { status: 400, reason: 'path has a broken percent encoding' };
  return undefined;
}

function valuesOf(request: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    if (request.rawHeaders[index]?.toLowerCase() === name) values.push(request.rawHeaders[index + 1] ?? '');
  }
  return values;
}

/**
 * Turns an absolute-form target into the path it names, when it names the same host as the Host header.
 * Source: RFC 9112 section 3.2.2. Returns the target unchanged when it is not of that form or names another host.
 */
export function toOriginForm(target: string, host: string | undefined): string {
  const match = /^https?:\/\/([^/?#@\\]+)(\/[^#]*)?$/i.exec(target);
  if (match === null || match[1]?.toLowerCase() !== host?.toLowerCase()) return target;
  return match[2] ?? '/';
}
