import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Encoding, pickEncoding } from './encodings.ts';
import { eachHeader, filterHeaders, type RawHeaders } from './raw-headers.ts';
import type { Coded, Representation } from './representation.ts';

/** A representation with its headers, ready to be sent many times. */
export interface Prepared {
  /**
   * Answers a GET or HEAD: negotiated coding, own ETag, 304 and 412. Ranges are not offered: a slice of a page that may
   * change between two requests is of no use.
   *
   * @returns undefined when it was answered at once; a promise when the coding has to be made first.
   */
  respond(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined;
}

/** How many spellings of Accept-Encoding are remembered; browsers have about five. */
const MAX_REMEMBERED = 32;

/** Longest spelling that is remembered, in characters: a stranger's may have 32 kB. */
const MAX_REMEMBERED_LENGTH = 200;

/**
 * Prepares a representation for sending.
 *
 * @param headers Without those this function writes; a `Vary` among them is added to ours.
 * Source: RFC 9110 sections 12.5.3, 12.5.5 and 13.1, RFC 9111 section 4.3.
 */
export function prepare(representation: Representation, headers: RawHeaders): Prepared {
  const common = withVary(headers);
  const ofBody = new Map<Encoding, { coded: Coded; headers: string[] }>();
  const picked = new Map<string | undefined, Encoding>();

  function pick(accepted: string | undefined): Encoding {
    let encoding = picked.get(accepted);
    if (encoding === undefined) {
      encoding = pickEncoding(accepted);
      const isShort = (accepted ?? '').length <= MAX_REMEMBERED_LENGTH;
      if (isShort && picked.size < MAX_REMEMBERED) picked.set(accepted, encoding);
    }
    return encoding;
  }

  function headersOf(encoding: Encoding, coded: Coded): string[] {
    let built = ofBody.get(encoding);
    if (built?.coded !== coded) {
      const all = [...common, 'ETag', coded.etag];
      if (encoding !== 'identity') all.push('Content-Encoding', encoding);
      all.push('Content-Length', String(coded.body.length));
      built = { coded, headers: all };
      ofBody.set(encoding, built);
    }
    return built.headers;
  }

  function isAnsweredWithoutBody(
    { headers: asked }: IncomingMessage,
    response: ServerResponse,
    encoding: Encoding,
  ): boolean {
    const ifMatch = asked['if-match'];
    const ifNoneMatch = asked['if-none-match'];
    if (ifMatch === undefined && ifNoneMatch === undefined) return false;
    const tags = representation.etags(encoding);
    if (ifMatch !== undefined && findTag(ifMatch, tags, false) === undefined) {
      response.writeHead(412, ['Content-Length', '0']).end();
      return true;
    }
    const known = ifNoneMatch === undefined ? undefined : findTag(ifNoneMatch, tags, true);
    if (known === undefined) return false;
    // The tag of what the client has: the same body, whatever the effort of its compression.
    response.writeHead(304, [...withoutBodyHeaders(common), 'ETag', known]).end();
    return true;
  }

  function send(
    request: IncomingMessage,
    response: ServerResponse,
    encoding: Encoding,
    coded: Coded,
  ): undefined {
    response.writeHead(200, headersOf(encoding, coded));
    if (request.method === 'HEAD') response.end();
    else response.end(coded.body);
  }

  return {
    respond(request, response) {
      const encoding = pick(request.headers['accept-encoding'] as string | undefined);
      if (isAnsweredWithoutBody(request, response, encoding)) return undefined;
      const coded = representation.ready(encoding);
      if (coded !== undefined) return send(request, response, encoding, coded);
      return representation.make(encoding).then((made) => send(request, response, encoding, made));
    },
  };
}

/** As `prepare(…).respond(…)`, for what is sent once. */
export function respond(
  request: IncomingMessage,
  response: ServerResponse,
  representation: Representation,
  headers: RawHeaders,
): Promise<void> | undefined {
  return prepare(representation, headers).respond(request, response);
}

/** The headers with one `Vary` that names ours besides those that were there. */
function withVary(headers: RawHeaders): string[] {
  const names: string[] = [];
  const others: string[] = [];
  eachHeader(headers, (name, value, spelling) => {
    if (name === 'vary') names.push(...value.split(',').map((part) => part.trim()));
    else others.push(spelling, value);
  });
  const isNamed = names.some((name) => name === '*' || name.toLowerCase() === 'accept-encoding');
  const all = [...names.filter((name) => name !== ''), ...(isNamed ? [] : ['Accept-Encoding'])];
  return [...others, 'Vary', all.join(', ')];
}

/** Everything but the headers that describe a body, which a 304 does not have. */
function withoutBodyHeaders(headers: RawHeaders): string[] {
  return filterHeaders(headers, (name) => name !== 'content-type' && name !== 'content-length');
}

/** The first of our tags that a list of entity tags names. `isWeak` ignores the `W/` mark. Source: RFC 9110 section 8.8.3.2. */
function findTag(list: string, tags: readonly string[], isWeak: boolean): string | undefined {
  if (list.trim() === '*') return tags[0];
  const named = list.split(',').map((entry) => entry.trim());
  return tags.find((tag) => named.includes(tag) || (isWeak && named.includes(`W/${tag}`)));
}
