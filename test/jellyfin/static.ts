import type { Answer } from './answers.ts';
import type { FakeRequest } from './request.ts';
import type { World } from './world.ts';

/** The files of a web client by their path below /web/. */
export interface StaticFiles {
  read(path: string): { bytes: Buffer; modified: Date } | undefined;
}

/** What has no known type is not served. Source: ASP.NET Core, FileExtensionContentTypeProvider. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  data: 'application/octet-stream',
  eot: 'application/vnd.ms-fontobject',
  gif: 'image/gif',
  html: 'text/html',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  map: 'text/plain',
  mem: 'application/octet-stream',
  mp3: 'audio/mpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  ts: 'video/vnd.dlna.mpeg-tts',
  ttf: 'application/x-font-ttf',
  txt: 'text/plain',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff: 'application/font-woff',
  woff2: 'font/woff2',
};

interface StaticFile {
  bytes: Buffer;
  /** Whole seconds, as Last-Modified shows it. */
  modified: number;
  etag: string;
  contentType: string;
  headers: Record<string, string>;
}

/** The strong ETag of ASP.NET: the file time (100 ns since 1601) XOR the length, in hex. */
function etagOf(modified: number, length: number): string {
  const fileTime = (BigInt(modified) + 11_644_473_600_000n) * 10_000n;
  return `"${(fileTime ^ BigInt(length)).toString(16)}"`;
}

function find(world: World, files: StaticFiles, path: string): StaticFile | undefined {
  const contentType = CONTENT_TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
  const file = contentType === undefined ? undefined : files.read(path);
  if (!file || contentType === undefined) return undefined;
  const modified = Math.floor(file.modified.getTime() / 1000) * 1000;
  const isIndex = path === 'index.html' || path.endsWith('/index.html');
  return {
    bytes: file.bytes,
    modified,
    etag: etagOf(modified, file.bytes.length),
    contentType,
    headers: world.traits.noCacheForIndex && isIndex ? { 'Cache-Control': 'no-cache' } : {},
  };
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

/** 200, 304 or 412. Tags are compared strongly, so a weak one never matches. */
function precondition(request: FakeRequest, file: StaticFile): 200 | 304 | 412 {
  const match = request.headers('if-match');
  if (match !== undefined && !tags(match).some((tag) => tag === '*' || tag === file.etag)) return 412;
  const unmodified = Date.parse(request.header('if-unmodified-since') ?? '');
  if (unmodified < file.modified) return 412;
  const none = request.headers('if-none-match');
  if (none !== undefined) return tags(none).some((tag) => tag === '*' || tag === file.etag) ? 304 : 200;
  return Date.parse(request.header('if-modified-since') ?? '') >= file.modified ? 304 : 200;
}

type Span = { from: number; to: number } | 'unsatisfiable' | undefined;

/** One range of bytes; several at once, or what is no range, mean the whole file. */
function readRange(request: FakeRequest, file: StaticFile): Span {
  const condition = request.header('if-range');
  if (condition !== undefined && condition !== file.etag && Date.parse(condition) !== file.modified)
    return undefined;
  const [, first = '', last = ''] =
    /^bytes\s*=\s*(\d*)\s*-\s*(\d*)$/.exec(request.headers('range')?.trim() ?? '') ?? [];
  const size = file.bytes.length;
  if (first === '' && last === '') return undefined;
  if (first === '')
    return Number(last) === 0 ? 'unsatisfiable' : { from: Math.max(0, size - Number(last)), to: size - 1 };
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return 'unsatisfiable';
  return { from: Number(first), to: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

function serve(request: FakeRequest, file: StaticFile): Answer {
  const status = precondition(request, file);
  if (status === 412) return { status, headers: file.headers };
  const headers = {
    ...file.headers,
    'Accept-Ranges': 'bytes',
    ETag: file.etag,
    'Last-Modified': new Date(file.modified).toUTCString(),
  };
  const { contentType } = file;
  if (status === 304) return { status, headers: { ...headers, 'Content-Type': contentType } };
  const range = readRange(request, file);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...file.headers, 'Content-Range': `bytes */${file.bytes.length}` } };
  }
  if (range) {
    const part = file.bytes.subarray(range.from, range.to + 1);
    const span = `bytes ${range.from}-${range.to}/${file.bytes.length}`;
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': span },
      body: part,
      contentType,
      sized: true,
      compressible: 'never',
    };
  }
  return { status: 200, headers, body: file.bytes, contentType, sized: true, compressible: 'always' };
}

/**
 * Answers a GET or HEAD below /web from the files of the web client; undefined where the API must look further. The
 * folder's name is read in any letter case, those of the files are not. Source: ASP.NET StaticFiles, live 5.
 */
export function serveStatic(world: World, files: StaticFiles, request: FakeRequest): Answer | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const inside = /^\/web(\/.*)?$/i.exec(request.path);
  if (!inside) return undefined;
  const { servesWebFolder } = world.traits;
  if (inside[1] === undefined) {
    if (!servesWebFolder || !files.read('index.html')) return undefined;
    const query = request.rawQuery ? `?${request.rawQuery}` : '';
    const location = `${request.scheme}://${request.host}${world.baseUrl}${request.path}/${query}`;
    return { status: 301, headers: { Location: location } };
  }
  const path = inside[1].replace(/^\/+/, '');
  const name = path === '' && servesWebFolder ? 'index.html' : path.replace(/\/{2,}/g, '/');
  const file = find(world, files, name);
  return file && serve(request, file);
}
