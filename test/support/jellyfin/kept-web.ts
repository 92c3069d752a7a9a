import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebCache, type WebCache } from '../../../injector/static/web-cache.ts';
import { createUpstream } from '../../../injector/upstream/upstream.ts';
import { createKeptLog } from '../log/quiet-log.ts';
import { listen, shut } from '../network/listen.ts';

/** A file of the pretend Jellyfin; its ETag and headers are those of the static file server unless said otherwise. */
export interface ScriptedFile {
  body: string | Buffer;
  etag?: string;
  status?: number;
  headers?: Record<string, string>;
  /** Writes the answer itself. */
  answer?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A cache in front of a scripted web client; what it does not answer is answered `418 passed through`. */
export interface KeptWeb {
  readonly files: Map<string, ScriptedFile>;
  /** Request lines Jellyfin got, in order. */
  readonly asked: { line: string; headers: IncomingHttpHeaders }[];
  readonly cache: WebCache;
  readonly folder: string;
  readonly port: number;
  /** By node:http, which neither decodes nor adds anything; the path goes out as it is. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<WireAnswer>;
  /** Lets the cache's clock go on, in milliseconds. */
  later(ms: number): void;
  /** Starts the cache anew, as a restart of the program does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Opens one, with a page and no other file. */
export async function openKeptWeb(
  options: { memoryBytes?: number; diskBytes?: number; basePath?: string; folder?: string } = {},
): Promise<KeptWeb> {
  const temp = await mkdtemp(join(tmpdir(), 'gatehouse-kept-'));
  const folder = options.folder ?? join(temp, 'cache');
  const files = new Map<string, ScriptedFile>([
    ['/web/index.html', { body: '<html></html>', etag: '"page-1"' }],
  ]);
  const asked: KeptWeb['asked'] = [];
  const upstreamServer = http.createServer((request, response) => {
    const line = request.url ?? '';
    asked.push({ line, headers: request.headers });
    const path = (line.split('?')[0] ?? '').slice((options.basePath ?? '').length);
    const file = files.get(decodeURIComponent(path));
    if (file === undefined) return void response.writeHead(404, { 'Content-Length': 0 }).end();
    if (file.answer !== undefined) return file.answer(request, response);
    const etag = file.etag ?? `"${createHash('md5').update(file.body).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { ETag: etag }).end();
    response.writeHead(file.status ?? 200, {
      'Content-Type': typeOf(path),
      'Content-Length': Buffer.byteLength(file.body),
      ETag: etag,
      'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT',
      'Accept-Ranges': 'bytes',
      Server: 'Kestrel',
      ...file.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  });
  const upstream = createUpstream(
    `http://127.0.0.1:${await listen(upstreamServer)}${options.basePath ?? ''}`,
  );
  const log = createKeptLog();
  let aheadMs = 0;
  const make = (): WebCache =>
    createWebCache(
      { memoryBytes: options.memoryBytes ?? 1 << 24, diskBytes: options.diskBytes ?? 1 << 24, folder },
      upstream,
      log,
      () => performance.now() + aheadMs,
    );
  let cache = make();
  const front = http.createServer(async (request, response) => {
    if (!(await cache.answer(request, response))) response.writeHead(418).end('passed through');
  });
  const port = await listen(front);
  const agent = new http.Agent({ keepAlive: true });
  return {
    ...{ files, asked, folder, port },
    get cache() {
      return cache;
    },
    get(path, headers = {}, method = 'GET') {
      return new Promise((resolve, reject) => {
        const request = http.request(
          { port, host: '127.0.0.1', path, headers, method, agent },
          async (answer) => {
            const chunks: Buffer[] = [];
            for await (const chunk of answer) chunks.push(chunk as Buffer);
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
          },
        );
        request.on('error', reject);
        request.end();
      });
    },
    later(ms) {
      aheadMs += ms;
    },
    async restart() {
      await cache.idle();
      await cache.close();
      cache = make();
    },
    async close() {
      await cache.close();
      agent.destroy();
      await shut(front);
      await shut(upstreamServer);
      await rm(temp, { recursive: true, force: true });
    },
  };
}

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.css')) return 'text/css';
  if (path.endsWith('.woff2')) return 'font/woff2';
  return path.endsWith('.json') ? 'application/json' : 'text/html';
}
