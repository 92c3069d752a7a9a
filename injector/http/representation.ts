import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createCoalescing } from './coalesce.ts';
import { type Effort, type Encoding, encode, pickEncoding } from './encodings.ts';
import { eachHeader, filterHeaders, type RawHeaders } from './raw-headers.ts';

/** The bytes of a body in one coding, with the strong validator that belongs to exactly these bytes. */
export interface Coded {
  readonly body: Buffer;
  readonly coding: Encoding;
  /** From `etagOf`. */
  readonly etag: string;
}

/** A name that changes with the bytes: 22 characters, safe in a URL and in a header. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22);
}

/**
 * The strong validator, quotes included, of a body in one coding: other bytes have another one, also when they are the
 * same body at another effort. Source: RFC 9110 section 8.8.3.3.
 *
 * @param hash From `hashOf`, of the plain body.
 */
export function etagOf(hash: string, coding: Encoding, effort: Effort): string {
  if (coding === 'identity') return `"gh-${hash}"`;
  return `"gh-${hash}-${coding}${effort === 'quick' ? '-q' : ''}"`;
}

/** One body in all its codings. */
export interface Representation {
  /** From `hashOf`. */
  readonly hash: string;
  /** The best there is in a coding at this moment; undefined before the first was made. */
  ready(encoding: Encoding): Coded | undefined;
  /** As `ready`, made first when there is none. A large body is compressed quickly first and better later. */
  make(encoding: Encoding): Promise<Coded>;
  /** The tags that bytes of this body in this coding have or may have had. */
  etags(encoding: Encoding): readonly string[];
}

/** Starts a job that nobody waits for; a caller with many bodies lets them run one after the other. */
export type RunLater = (job: () => Promise<void>) => void;

/** Up to this size the best compression takes some 30 ms, so that there is no need for a quick one before. */
const SMALL_BYTES = 24 * 1024;

/**
 * Makes a representation of a body that will not change.
 *
 * Promises: bytes of different compression have different tags.
 *
 * @param runLater Called for the better compression of a large body; default: it starts at once.
 */
export function createRepresentation(
  plain: Buffer,
  runLater: RunLater = (job) => void job(),
): Representation {
  const hash = hashOf(plain);
  const identity: Coded = { body: plain, coding: 'identity', etag: etagOf(hash, 'identity', 'best') };
  const made = new Map<Encoding, Coded>([['identity', identity]]);
  const oncePerCoding = createCoalescing<Encoding, Coded>();

  async function compress(coding: Encoding, effort: Effort): Promise<Coded> {
    const coded = {
      body: await encode(plain, coding, effort),
      coding,
      etag: etagOf(hash, coding, effort),
    };
    made.set(coding, coded);
    return coded;
  }

  async function first(encoding: Encoding): Promise<Coded> {
    if (plain.length <= SMALL_BYTES) return await compress(encoding, 'best');
    const coded = await compress(encoding, 'quick');
    // What fails here stays as it is: quickly compressed.
    runLater(() => compress(encoding, 'best').then(ignore, ignore));
    return coded;
  }

  return {
    hash,
    ready: (encoding) => made.get(encoding),
    etags: (coding) => [...new Set([etagOf(hash, coding, 'best'), etagOf(hash, coding, 'quick')])],
    async make(encoding) {
      return made.get(encoding) ?? (await oncePerCoding(encoding, () => first(encoding)));
    },
  };
}

/** Makes a representation of a body that is sent as it is in every case, such as a picture, which is compressed already. */
export function createPlainRepresentation(plain: Buffer): Representation {
  const hash = hashOf(plain);
  const identity: Coded = { body: plain, coding: 'identity', etag: etagOf(hash, 'identity', 'best') };
  return { hash, ready: () => identity, make: async () => identity, etags: () => [identity.etag] };
}

function ignore(): void {
  // Nobody waits for it.
}

/** Up to this size, in bytes, a body is sent as text: Node writes that in one piece with the head, and bytes in two. */
const TEXT_BYTES = 16 * 1024;

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
  const built = new Map<Encoding, { coded: Coded; body: Buffer | string; headers: string[] }>();

  function send(request: IncomingMessage, response: ServerResponse, coded: Coded): undefined {
    let ready = built.get(coded.coding);
    if (ready?.coded !== coded) {
      const { body } = coded;
      const sent = body.length <= TEXT_BYTES ? body.toString('latin1') : body;
      ready = { coded, body: sent, headers: headersOf(coded, common) };
      built.set(coded.coding, ready);
    }
    sendBody(request, response, ready, ready.headers);
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

/**
 * Answers 200, to a HEAD without the body.
 *
 * @param body As text, it has one character a byte.
 */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  { body }: { readonly body: Buffer | string },
  headers: string[],
): void {
  response.writeHead(200, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(body, 'latin1');
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
