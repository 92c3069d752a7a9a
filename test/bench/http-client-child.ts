import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { Pool } from 'undici';
import { HOP_BY_HOP } from '../../injector/http/headers.ts';
import { createForward } from '../../injector/upstream/forward.ts';
import { createUpstream } from '../../injector/upstream/upstream.ts';
import { keepMemorySmall } from '../../server/program/heap.ts';

/*
 * A bare reverse proxy as its own process, with one of the ways to carry a request to Jellyfin and nothing else:
 * `http-client-child.ts WAY PORT UPSTREAM_PORT`. Used by `http-clients.ts`.
 */

type Forward = (request: IncomingMessage, response: ServerResponse) => unknown;

const [way = '', port = '', upstreamPort = ''] = process.argv.slice(2);
const origin = `http://127.0.0.1:${upstreamPort}`;

const WAYS: Readonly<Record<string, () => Forward>> = {
  ours() {
    const { client, origin: address } = createUpstream(origin);
    return createForward(client, address.host, { onUnreachable: (_request, response) => response.destroy() });
  },

  undici() {
    const pool = new Pool(origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
    return (request, response) => {
      let pull = (): void => undefined;
      let abort = (): void => undefined;
      response.on('drain', () => pull());
      response.on('close', () => response.writableFinished || abort());
      pool.dispatch(
        {
          method: request.method as 'GET',
          path: request.url ?? '/',
          headers: endToEnd(request.rawHeaders),
          body: hasBody(request) ? request : null,
        },
        {
          onRequestStart(controller) {
            pull = () => controller.resume();
            abort = () => controller.abort(new Error('the client left'));
          },
          onResponseStart(controller, status, _headers, reason) {
            const raw = ((controller.rawHeaders ?? []) as Buffer[]).map((part) => part.toString('latin1'));
            if (status >= 200) response.writeHead(status, reason ?? '', endToEnd(raw));
          },
          onResponseData(controller, chunk) {
            if (!response.write(chunk)) controller.pause();
          },
          onResponseEnd: () => void response.end(),
          onResponseError: () => void response.destroy(),
        },
      );
    };
  },

  'http-proxy-middleware'() {
    const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' });
    return createProxyMiddleware({ target: origin, agent });
  },

  'node:http'() {
    const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' });
    return (request, response) => {
      const { method, url: path } = request;
      const headers = endToEnd(request.rawHeaders);
      const outgoing = http.request({ host: '127.0.0.1', port: upstreamPort, agent, method, path, headers });
      outgoing.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEnd(answer.rawHeaders));
        answer.pipe(response);
      });
      outgoing.on('error', () => response.destroy());
      response.on('close', () => response.writableFinished || outgoing.destroy());
      if (hasBody(request)) request.pipe(outgoing);
      else outgoing.end();
    };
  },
};

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function endToEnd(raw: readonly string[]): string[] {
  return raw.filter((_entry, index) => !HOP_BY_HOP.has((raw[index - (index % 2)] ?? '').toLowerCase()));
}

const create = WAYS[way];
if (create === undefined) throw new Error(`"${way}" is none of ${Object.keys(WAYS).join(', ')}`);
const isLoaded = keepMemorySmall();
http.createServer(create() as Forward & http.RequestListener).listen(Number(port), '127.0.0.1', () => {
  isLoaded();
  process.stdout.write('ready\n');
});
