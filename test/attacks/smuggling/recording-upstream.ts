import { createServer, type Socket } from 'node:net';
import { listen, shutSockets } from './sockets.ts';
import { type ReadRequest, readStrictly } from './strict-reader.ts';

/** What arrived at the upstream since the last look. */
export interface Arrived {
  /** Whole requests, as a strict reader understands them. */
  readonly requests: readonly ReadRequest[];
  /** What could be read in two ways. */
  readonly faults: readonly string[];
  /** Connections that hold a part of a request and are still open. */
  readonly openParts: number;
}

/** A Jellyfin that writes down each byte that reaches its sockets. */
export interface RecordingUpstream {
  readonly port: number;
  arrived(): Arrived;
  /** Forgets what arrived; connections stay. */
  forget(): void;
  close(): Promise<void>;
}

/** What Gatehouse asks of its own accord. */
const OUR_OWN = new Set(['/System/Info/Public', '/health', '/System/Endpoint']);

interface Line {
  bytes: Buffer;
  isOpen: boolean;
}

/** Starts it. Each request is answered 200 with `METHOD target` as body; what Gatehouse asks for itself is not recorded. */
export async function createRecordingUpstream(): Promise<RecordingUpstream> {
  const lines = new Map<Socket, Line>();
  let requests: ReadRequest[] = [];
  let faults: string[] = [];
  const server = createServer((socket) => {
    const line: Line = { bytes: Buffer.alloc(0), isOpen: true };
    lines.set(socket, line);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      line.isOpen = false;
    });
    socket.on('data', (chunk) => {
      const reading = readStrictly(Buffer.concat([line.bytes, chunk]));
      line.bytes = Buffer.from(reading.rest);
      for (const request of reading.requests) {
        if (!OUR_OWN.has(request.target)) requests.push(request);
        socket.write(answerTo(request));
      }
      if (reading.fault === undefined) return;
      faults.push(reading.fault);
      socket.destroy();
    });
  });
  const port = await listen(server);
  return {
    port,
    arrived: () => ({
      requests,
      faults,
      openParts: [...lines.values()].filter(({ isOpen, bytes }) => isOpen && bytes.length > 0).length,
    }),
    forget() {
      requests = [];
      faults = [];
      for (const [socket, { isOpen }] of lines) if (!isOpen) lines.delete(socket);
    },
    close: () => shutSockets(server, lines.keys()),
  };
}

function answerTo({ method, target }: ReadRequest): string {
  const body = target === '/System/Info/Public' ? '{"Version":"10.11.11"}' : `${method} ${target}`;
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}`;
  return `${head}\r\n\r\n${method === 'HEAD' ? '' : body}`;
}
