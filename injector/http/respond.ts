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

/**
 * Prepares a representation for sending.
 *
 * @param headers Without those this function writes; a `Vary` among them is added to ours.
 * Source: RFC 9110 sections 12.5.3, 12.5.5 and 13.1, RFC 9111 section 4.3.
 */
export function prepare(representation: Representation, headers: RawHeaders): Prepared {
  const common = withVary(headers);
  const built = new Map<Encoding, { coded: Coded; headers: string[] }>();

  function send(request: IncomingMessage, response: ServerResponse, coded: Coded): undefined {
    let ready = built.get(coded.coding);
    if (ready?.coded !== coded) {
      ready = { coded, headers: headersOf(coded, common) };
      built.set(coded.coding, ready);
    }
    sendBody(request, response, coded, ready.headers);
  }

  return {
    respond(request, response) {
      const encoding = pickEncoding(request.headers['accept-encoding'] as string | undefined);
      // The tag of what the client has: the same body, whatever the effort of its compression.
      if (
        isConditional(request) &&
        answerCondition(request, response, representation.etags(encoding), common)
      )
        return undefined;
      const coded = representation.ready(encoding);
      if (coded !== undefined) return send(request, response, coded);
      return representation.make(encoding).then((made) => send(request, response, made));
    },
  };
}

function isConditional({ headers }: IncomingMessage): boolean {
  return headers['if-none-match'] !== undefined || headers['if-match'] !== undefined;
}

/**
 * Answers 412 to an If-Match that names none of our tags, and 304 to an If-None-Match that names one; `*` names any.
 * False when the body is to be sent. Source: RFC 9110 sections 13.1.1, 13.1.2 and 13.2.2.
 *
 * @param tags Of the body as it is or was sent in the coding that was picked.
 * @param headers Of a 200, without its `ETag`.
 */
export function answerCondition(
  { headers: asked }: IncomingMessage,
  response: ServerResponse,
  tags: readonly string[],
  headers: RawHeaders,
): boolean {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = asked;
  if (ifMatch !== undefined && findTag(ifMatch, tags, false) === undefined) {
    response.writeHead(412, ['Content-Length', '0']).end();
    return true;
  }
  const known = ifNoneMatch === undefined ? undefined : findTag(ifNoneMatch, tags, true);
  if (known === undefined) return false;
  response.writeHead(304, [...withoutBodyHeaders(headers), 'ETag', known]).end();
  return true;
}

/** The headers of a 200: those given, and what is true of these bytes. */
export function headersOf({ body, coding, etag }: Coded, headers: RawHeaders): string[] {
  const ofCoding = coding === 'identity' ? [] : ['Content-Encoding', coding];
  return [...headers, 'ETag', etag, ...ofCoding, 'Content-Length', String(body.length)];
}

/** Answers 200, to a HEAD without the body. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  { body }: Coded,
  headers: string[],
): void {
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
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
