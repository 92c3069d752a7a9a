import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, shutSockets } from '../../attacks/smuggling/sockets.ts';
import type { ReadHead } from '../../attacks/smuggling/strict-reader.ts';
import { watchRequests } from '../../attacks/smuggling/watch-requests.ts';
import type { Random } from '../measure/random.ts';
import { mutate } from './mutate.ts';
import { marksOf } from './sessions.ts';

/** What a Jellyfin that answers anyhow has seen. */
export interface EchoingUpstream {
  readonly port: number;
  readonly seen: { requests: number; mutatedAnswers: number; earlyAnswers: number };
  /** What a strict reader objects to, and requests or bodies in which two clients meet. */
  readonly faults: string[];
  close(): Promise<void>;
}

/**
 * Starts it: each answer names the marks of its request, is whole, slow, early, broken off or mutated, and may end its
 * connection.
 */
export async function createEchoingUpstream(random: Random): Promise<EchoingUpstream> {
  const seen = { requests: 0, mutatedAnswers: 0, earlyAnswers: 0 };
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    let head: ReadHead | undefined;
    let isEarly = false;
    let tail = '';
    let marks = new Set<string>();
    const meet = (text: string): void => {
      for (const mark of marksOf(text)) marks.add(mark);
      if (marks.size > 1)
        faults.push(`${[...marks].join(' and ')} meet in one request: ${text.slice(0, 300)}`);
    };
    const answer = (): void => {
      if (head === undefined) return;
      void say(socket, head, [...marks][0] ?? '').catch((error: unknown) => faults.push(String(error)));
    };
    const watch = watchRequests({
      onHead(next) {
        head = next;
        tail = '';
        marks = new Set();
        seen.requests += 1;
        meet([next.target, ...next.headers.flat()].join(' '));
        isEarly = next.length !== 0 && random.below(2) === 0;
        if (!isEarly) return;
        seen.earlyAnswers += 1;
        if (random.below(2) === 0) {
          socket.pause();
          setTimeout(() => socket.resume(), random.below(30));
        }
        answer();
      },
      onBody(piece) {
        const text = tail + piece.toString('latin1');
        meet(text);
        tail = text.slice(-20);
      },
      onWhole() {
        if (!isEarly) answer();
      },
    });
    socket.on('data', (piece) => {
      const fault = watch.take(piece);
      if (fault === undefined) return;
      faults.push(`${fault} from ${[...marks].join()}`);
      socket.destroy();
    });
  });

  async function say(socket: Socket, head: ReadHead, mark: string): Promise<void> {
    if (isOwn(head)) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"Version":"10.11.11"}');
      return;
    }
    let bytes = answerTo(random, head, mark);
    const isMutated = random.below(4) === 0;
    if (isMutated) {
      seen.mutatedAnswers += 1;
      bytes = mutate(random, bytes);
    }
    if (random.below(5) === 0) await sleep(random.below(40));
    // What comes late behind an answer that is over can be told from the next answer by nobody: a mutated one, which may
    // be over before its end, is said at once.
    const cut = isMutated || random.below(3) > 0 ? bytes.length : random.below(bytes.length);
    if (socket.writable) socket.write(bytes.subarray(0, cut));
    if (cut < bytes.length) {
      await sleep(random.below(15));
      if (random.below(6) === 0) {
        socket.resetAndDestroy();
        return;
      }
      if (socket.writable) socket.write(bytes.subarray(cut));
    }
    if (!isMutated && !bytes.includes('\r\n\r\nuntil') && random.below(10) > 0) return;
    if (isMutated) await sleep(random.below(20));
    if (random.below(4) === 0) socket.resetAndDestroy();
    else socket.end();
  }

  const port = await listen(server);
  return { port, seen, faults, close: () => shutSockets(server, sockets) };
}

/** What Gatehouse asks of its own accord. */
function isOwn({ target }: ReadHead): boolean {
  return ['/System/Info/Public', '/health', '/System/Endpoint'].includes(target);
}

function answerTo(random: Random, { method }: ReadHead, mark: string): Buffer {
  const status = random.pick([
    '200 OK',
    '200 OK',
    '200 OK',
    '401 Unauthorized',
    '404 Not Found',
    '500 Error',
  ]);
  const body = Buffer.alloc(random.pick([30, 30, 300, 5_000, 16_384, 70_000]), `echo ${mark} `, 'latin1');
  const start = `${random.below(12) === 0 ? 'HTTP/1.1 102 Processing\r\n\r\n' : ''}HTTP/1.1 `;
  if (random.below(12) === 0) return Buffer.from(`${start}204 No Content\r\nX-Mark: ${mark}\r\n\r\n`);
  const head = `${start}${status}\r\nX-Mark: ${mark}\r\n`;
  const isBodiless = method === 'HEAD';
  const rest = (bytes: Buffer): Buffer => (isBodiless ? Buffer.alloc(0) : bytes);
  switch (random.below(4)) {
    case 0: {
      const size = body.length.toString(16);
      const chunks = Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
      return Buffer.concat([Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`), rest(chunks)]);
    }
    case 1:
      if (isBodiless) return Buffer.from(`${head}\r\n`);
      return Buffer.concat([Buffer.from(`${head}\r\nuntil the end `), body]);
    default:
      return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), rest(body)]);
  }
}
