import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Answer } from './answers.ts';
import { dotnetJson } from './dotnet-text.ts';
import type { FakeRequest } from './request.ts';
import type { World } from './world.ts';

/** Kestrel's order: these first, then the known ones by alphabet, then the X- ones. */
const FIRST = ['Content-Length', 'Connection', 'Content-Type', 'Date', 'Server'];

const COMPRESSIBLE =
  /^(?:text\/(?:plain|css|javascript|html|xml|json)|application\/(?:javascript|xml|json|wasm))(?:;|$)/;

function rank(name: string): string {
  const at = FIRST.indexOf(name);
  if (at >= 0) return `0${at}`;
  return `${/^x-/i.test(name) ? 2 : 1}${name.toLowerCase()}`;
}

/** Header names and values as one flat list in Kestrel's order. */
export function inOrder(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .flat();
}

/** The profile of JSON the client asked for: PascalCase unless Accept names another one first. */
function jsonProfile(accept: string): string | undefined {
  for (const range of accept.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (type !== 'application/json') continue;
    const profile = parameters
      .map((part) => /^profile\s*=\s*"?([^"]*)"?$/i.exec(part)?.[1])
      .find((found) => found !== undefined);
    if (profile === undefined) return undefined;
    const known = ['CamelCase', 'PascalCase'].find((name) => name.toLowerCase() === profile.toLowerCase());
    if (known) return known;
  }
  return undefined;
}

/** br before gzip, unless the client weighs them; nothing else is spoken. */
function chooseEncoding(accepted: string): 'br' | 'gzip' | undefined {
  const weights = new Map<string, number>();
  for (const part of accepted.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.map((piece) => /^q=([\d.]+)$/.exec(piece)?.[1]).find(Boolean);
    weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const best = weightOf('gzip') > weightOf('br') ? 'gzip' : 'br';
  return weightOf(best) > 0 ? best : undefined;
}

function compress(encoding: 'br' | 'gzip', body: Buffer): Buffer {
  // Level 4 is close to what the real one takes; the default of Node would take seconds for a bundle.
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 } };
  return encoding === 'br' ? brotliCompressSync(body, fast) : gzipSync(body);
}

function corsHeaders(world: World, request: FakeRequest): Record<string, string> {
  const origin = request.header('origin');
  const hosts = world.settings.corsHosts;
  if (!origin) return {};
  if (hosts.length === 0 || hosts.includes('*')) return { 'Access-Control-Allow-Origin': '*' };
  if (!hosts.includes(origin)) return {};
  return { 'Access-Control-Allow-Credentials': 'true', 'Access-Control-Allow-Origin': origin };
}

/** Those of the languages Jellyfin speaks that have a region. Source: LocalizationManager.GetLocalizationOptions. */
const REGIONAL = new Set(
  'bg-BG,en-GB,en-US,es-419,es-AR,es-MX,fr-CA,lt-LT,pt-BR,pt-PT,sl-SI,zh-CN,zh-HK,zh-TW'.split(','),
);

/** The first language that is asked for, without a region that Jellyfin does not know: `de-DE` is `de`. */
function languageOf(request: FakeRequest): string {
  const [asked = ''] = (request.header('accept-language') ?? '').split(/[,;]/);
  const [language = '', region] = asked.trim().split('-');
  const full = region === undefined ? language : `${language.toLowerCase()}-${region.toUpperCase()}`;
  if (REGIONAL.has(full)) return full;
  return /^(?:en|\*|)$/i.test(language) ? 'en-US' : language.toLowerCase();
}

/** Headers that the middleware around an endpoint adds. */
export function surroundings(
  world: World,
  request: FakeRequest,
  answer: Answer,
  startedAt: number,
): Record<string, string> {
  if (answer.bare) return {};
  const time = performance.now() - startedAt;
  return {
    ...corsHeaders(world, request),
    ...(world.traits.contentLanguage && !answer.preflight ? { 'Content-Language': languageOf(request) } : {}),
    'X-Response-Time-ms': world.traits.minor === 8 ? String(Math.round(time)) : time.toFixed(4),
  };
}

interface Content {
  headers: Record<string, string>;
  body: Buffer;
}

function contentOf(request: FakeRequest, answer: Answer): Content {
  const headers: Record<string, string> = {};
  let body = Buffer.alloc(0);
  if (answer.json !== undefined) {
    const profile = jsonProfile(request.headers('accept') ?? '');
    headers['Content-Type'] = `application/json; ${profile ? `profile="${profile}"; ` : ''}charset=utf-8`;
    body = Buffer.from(dotnetJson(answer.json, profile === 'CamelCase'));
  } else if (answer.body !== undefined) {
    if (answer.contentType !== undefined) headers['Content-Type'] = answer.contentType;
    body = Buffer.from(answer.body);
  } else {
    if (answer.status !== 204 && answer.status !== 304 && request.method !== 'HEAD')
      headers['Content-Length'] = '0';
    return { headers, body };
  }
  const accepted = request.headers('accept-encoding');
  const compressible = answer.compressible ?? (answer.bare ? 'never' : 'http');
  const may = compressible === 'always' || (compressible === 'http' && request.scheme === 'http');
  if (may && accepted !== undefined && COMPRESSIBLE.test(headers['Content-Type'] ?? '')) {
    headers['Vary'] = 'Accept-Encoding';
    const encoding = chooseEncoding(accepted);
    if (encoding) {
      headers['Content-Encoding'] = encoding;
      body = Buffer.from(compress(encoding, body));
    }
  }
  const isWhole = answer.sized && !headers['Content-Encoding'];
  if (isWhole) headers['Content-Length'] = String(body.length);
  else if (request.method !== 'HEAD') headers['Transfer-Encoding'] = 'chunked';
  return { headers, body };
}

/** Writes an answer as Kestrel would: header order, chunking, compression, no Connection header on keep-alive. */
export function send(
  world: World,
  request: FakeRequest,
  answer: Answer,
  response: ServerResponse,
  startedAt: number,
): void {
  const content = contentOf(request, answer);
  const wantsClose = /\bclose\b/i.test(request.headers('connection') ?? '') || request.tooLarge;
  const headers = {
    ...content.headers,
    ...answer.headers,
    ...surroundings(world, request, answer, startedAt),
    Date: new Date().toUTCString(),
    Server: 'Kestrel',
    ...(wantsClose ? { Connection: 'close' } : {}),
  };
  if (!wantsClose) response.removeHeader('Connection');
  response.sendDate = false;
  response.writeHead(answer.status, inOrder(headers));
  response.end(request.method === 'HEAD' ? undefined : content.body);
}
