import { type LookupAddress, lookup as lookUp } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../addresses/networks.ts';
import { http } from '../http/node/http.ts';
import { isWebAddress } from '../kit/web-address.ts';
import { FileFaultError } from './file-fault.ts';
import { FILE_LIMITS } from './limits.ts';
import { tooLarge } from './local-file.ts';

/** What came of a fetch: bytes and the address that gave them in the end, or that there is nothing. */
export type Fetched =
  | { readonly bytes: Buffer; readonly address: string }
  | { readonly absent: 404 | 410; readonly address: string };

/**
 * Fetches a file from the internet.
 *
 * @throws {FileFaultError} when it cannot be had.
 */
export type FetchFile = (address: string) => Promise<Fetched>;

/** A name that leads where nobody outside may send us. */
class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';
}

/**
 * Makes what fetches: http and https only, without credentials, no more than the limits, and only from servers on the
 * internet. The address that a name leads to is looked at when the connection is made, so that a name which leads elsewhere
 * the second time (DNS rebinding), or a redirect, gains nothing.
 *
 * @param allowPrivate Hosts, as in an address without brackets, that may be in the home network or on this machine.
 */
export function createFetchFile(allowPrivate: readonly string[]): FetchFile {
  const allowed = new Set(allowPrivate.map((host) => host.toLowerCase()));
  return async (address) => {
    const signal = AbortSignal.timeout(FILE_LIMITS.fetchMs);
    let url = new URL(address);
    for (let hops = 0; hops <= FILE_LIMITS.redirects; hops += 1) {
      const answer = await ask(url, allowed, signal);
      const next = redirectOf(answer, url);
      if (next === undefined) return await take(answer, url);
      answer.destroy();
      url = next;
    }
    throw new FileFaultError(
      `leads on to another address more than ${FILE_LIMITS.redirects} times; write the last one`,
      true,
    );
  };
}

/** Host as people write it. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

async function ask(url: URL, allowed: ReadonlySet<string>, signal: AbortSignal): Promise<IncomingMessage> {
  const host = hostOf(url);
  const isAllowed = allowed.has(host);
  try {
    // Of an address nothing is looked up.
    if (!isAllowed && isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError();
    return await new Promise((resolve, reject) => {
      const request = url.protocol === 'https:' ? requestTls : http.request;
      const options = {
        signal,
        agent: false,
        // Plain bytes: what is compressed could be far larger than what is counted.
        headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'Gatehouse' },
        ...(isAllowed ? {} : { lookup: lookUpPublic }),
      };
      request(url, options, resolve).once('error', reject).end();
    });
  } catch (error) {
    throw faultOf(error, host);
  }
}

const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) return callback(error, '');
    const usable = found.filter(({ address }) => isPublicAddress(address));
    const [first] = usable;
    if (first === undefined) return callback(new PrivateAddressError(), '');
    if (options.all === true) callback(null, usable);
    else callback(null, first.address, first.family);
  });
};

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const next = URL.parse(location, url.href);
  if (next === null || !isWebAddress(next.href))
    throw new FileFaultError('leads on to what is no http or https address without a password', true);
  if (url.protocol === 'https:' && next.protocol === 'http:')
    throw new FileFaultError('leads on from https to http, where anybody on the way could change it', true);
  return next;
}

async function take(answer: IncomingMessage, url: URL): Promise<Fetched> {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 404 || statusCode === 410) {
    answer.destroy();
    return { absent: statusCode, address: url.href };
  }
  if (statusCode !== 200) {
    answer.destroy();
    throw new FileFaultError(`is answered with ${statusCode} by its server; open it in a browser`, true);
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    answer.destroy();
    throw new FileFaultError('comes compressed though nobody asked for it; copy it beside config.yaml', true);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > FILE_LIMITS.bytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw faultOf(error, hostOf(url));
  }
  return { bytes: Buffer.concat(chunks), address: url.href };
}

/** Why a server gave nothing, as a sentence. Source: errors of connect(2), getaddrinfo(3), Node's and OpenSSL's of TLS. */
function faultOf(error: unknown, host: string): FileFaultError {
  if (error instanceof FileFaultError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'PRIVATE_ADDRESS')
    return new FileFaultError(
      `leads into the home network or to this machine; if that is meant, add ${host} to files.allowPrivate`,
      true,
    );
  if (code === 'ABORT_ERR' || (error instanceof Error && error.name === 'TimeoutError'))
    return new FileFaultError(`did not come within ${FILE_LIMITS.fetchMs / 1000} s`, true);
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return new FileFaultError(
      `cannot be fetched: ${host} is not found (${code}); is this machine online?`,
      true,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new FileFaultError(`cannot be fetched: the certificate of ${host} is not trusted (${code})`, true);
  return new FileFaultError(`cannot be fetched from ${host} (${code})`, true);
}
