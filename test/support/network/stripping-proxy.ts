import http from 'node:http';
import { connect } from 'node:net';
import { listen, shut } from './listen.ts';

/** A reverse proxy as people set it up who have one name for many services. */
export interface StrippingProxy {
  /** With the path, without a slash at the end. */
  readonly url: string;
  /** Paths that were asked for outside of it. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves `path` from another server's root, as nginx's `location /jf/ { proxy_pass http://…/; }` does: the path is cut
 * off requests, answers pass as they are, the Host is passed on.
 *
 * @param target Asked with each request, so that the server behind may be made later.
 */
export async function createStrippingProxy(path: string, target: () => URL): Promise<StrippingProxy> {
  const strays: string[] = [];
  /** Undefined for what is not below the path. */
  const cut = (url = '/'): string | undefined => {
    if (url.startsWith(`${path}/`)) return url.slice(path.length);
    strays.push(url);
    return undefined;
  };
  const server = http.createServer((request, response) => {
    const inner = cut(request.url);
    if (inner === undefined) return void response.writeHead(404).end();
    const { hostname, port } = target();
    const { method, headers } = request;
    const outgoing = http.request({ hostname, port, path: inner, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  server.on('upgrade', (request, socket, head) => {
    const inner = cut(request.url);
    if (inner === undefined) return void socket.destroy();
    const { hostname, port } = target();
    const behind = connect(Number(port), hostname, () => {
      const lines = request.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${request.rawHeaders[at + 1] ?? ''}`] : [],
      );
      behind.write([`GET ${inner} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      behind.write(head);
      behind.pipe(socket);
      socket.pipe(behind);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}${path}`, strays, close: () => shut(server) };
}
