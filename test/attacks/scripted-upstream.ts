import { createServer, type Socket } from 'node:net';
import { listen, shutSockets } from './smuggling/sockets.ts';
import { type ReadRequest, readStrictly } from './smuggling/strict-reader.ts';

/** What is done when a request has arrived whole: bytes in Latin-1 to send, or anything with the socket. */
export type Script = string | ((socket: Socket, request: ReadRequest) => void);

/** A Jellyfin over raw sockets that answers each path as it was told to. */
export interface ScriptedUpstream {
  readonly port: number;
  /** By path without query. A path without a script is answered 200 with `METHOD target` as body. */
  readonly scripts: Map<string, Script>;
  /** Every request that arrived whole, in order. */
  readonly requests: ReadRequest[];
  /** What strict reading objected to. */
  readonly faults: string[];
  /** Connections that are open now. */
  openSockets(): number;
  close(): Promise<void>;
}

/** What Gatehouse asks of its own accord. */
const OUR_OWN = new Set(['/System/Info/Public', '/health', '/System/Endpoint']);

/** Starts it. */
export async function createScriptedUpstream(): Promise<ScriptedUpstream> {
  const scripts = new Map<string, Script>();
  const requests: ReadRequest[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let bytes: Buffer = Buffer.alloc(0);
    let isTunnel = false;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    // A tunnel may still speak when the other side has ended; a request line may not.
    socket.on('end', () => isTunnel || socket.end());
    socket.on('data', (chunk) => {
      if (isTunnel) return;
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const reading = readStrictly(bytes);
      bytes = reading.rest;
      if (reading.fault !== undefined) {
        faults.push(reading.fault);
        socket.destroy();
        return;
      }
      for (const request of reading.requests) {
        const path = request.target.split('?', 1)[0] ?? '';
        if (!OUR_OWN.has(path)) requests.push(request);
        isTunnel = request.headers.some(([name]) => name === 'upgrade');
        const script = scripts.get(path) ?? plainAnswer(request);
        if (typeof script === 'string') socket.write(Buffer.from(script, 'latin1'));
        else script(socket, request);
      }
    });
  });
  const port = await listen(server);
  return {
    ...{ port, scripts, requests, faults },
    openSockets: () => sockets.size,
    close: () => shutSockets(server, sockets),
  };
}

function plainAnswer({ method, target }: ReadRequest): string {
  const body = target.startsWith('/System/Info/Public') ? '{"Version":"10.11.11"}' : `${method} ${target}`;
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}`;
  return `${head}\r\n\r\n${method === 'HEAD' ? '' : body}`;
}
