import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../measure/random.ts';
import { mutate } from './mutate.ts';

const MARK = /\bz[a-z]{12}z\b/g;
const issued = new Set<string>();

/** A mark that no change of another can become by chance. */
function newMark(random: Random): string {
  const letters = Array.from({ length: 12 }, () => String.fromCharCode(97 + random.below(26)));
  const mark = `z${letters.join('')}z`;
  issued.add(mark);
  return mark;
}

/** All marks in a text that were given to a client, each once; what a mutation made of one is none. */
export function marksOf(text: string): Set<string> {
  return new Set([...text.matchAll(MARK)].map(([mark]) => mark).filter((mark) => issued.has(mark)));
}

/** What came of a client's connection. */
export interface Session {
  readonly requests: number;
  readonly mutated: number;
  readonly answers: number;
  /** Marks of others that it was told. */
  readonly foreign: readonly string[];
}

/** Longest silence before a client leaves, in milliseconds. */
const SILENCE_MS = 150;

/** One client with a mark of its own: up to six requests on one connection, some mutated, in pieces, some of them late. */
export async function runSession(port: number, random: Random): Promise<Session> {
  const mark = newMark(random);
  const requests = 1 + random.below(6);
  // Half of the clients send nothing wrong, so that there are connections which many use after each other.
  const isHonest = random.below(2) === 0;
  let mutated = 0;
  const pieces: Buffer[] = [];
  for (let n = 0; n < requests; n += 1) {
    let bytes = requestBytes(random, mark);
    if (!isHonest && random.below(2) === 0) {
      bytes = mutate(random, bytes);
      mutated += 1;
    }
    pieces.push(...cutInTwo(random, bytes));
  }
  const got = await send(port, random, pieces);
  issuedAreOver(mark);
  const foreign = [...marksOf(got)].filter((one) => one !== mark);
  return { requests, mutated, answers: got.split('HTTP/1.1 ').length - 1, foreign };
}

/** Anywhere, and as often somewhere behind the head, so that an answer can come before the end of a body. */
function cutInTwo(random: Random, bytes: Buffer): Buffer[] {
  const bodyStart = bytes.indexOf('\r\n\r\n') + 4;
  const from = random.below(2) === 0 ? bodyStart : 0;
  const cut = random.below(3) === 0 ? bytes.length : from + random.below(bytes.length - from + 1);
  return [bytes.subarray(0, cut), bytes.subarray(cut)];
}

/** Late bytes show themselves for a while; then a mark is forgotten, so that a long run does not fill the memory. */
function issuedAreOver(mark: string): void {
  setTimeout(() => issued.delete(mark), 60_000).unref();
}

async function send(port: number, random: Random, pieces: readonly Buffer[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts: string[] = [];
  let isClosed = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true;
      resolve();
    });
  });
  let lastAt = performance.now();
  let wake = (): void => undefined;
  socket.on('data', (piece) => {
    lastAt = performance.now();
    parts.push(piece.toString('latin1'));
    wake();
  });
  for (const piece of pieces) {
    if (isClosed || piece.length === 0) continue;
    if (socket.writable) socket.write(piece);
    const pause = random.below(4);
    if (pause === 0) await sleep(random.below(25));
    // Only when something has been answered, so that late bytes come behind an early answer.
    if (pause === 1) {
      const answered = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([answered, closed, sleep(SILENCE_MS)]);
      // So that others come before.
      await sleep(random.below(10));
    }
  }
  if (random.below(8) === 0) socket.end();
  while (!isClosed && performance.now() - lastAt < SILENCE_MS) await Promise.race([closed, sleep(20)]);
  if (random.below(4) === 0) socket.resetAndDestroy();
  else socket.destroy();
  return parts.join('');
}

const PATHS = [
  '/Items',
  '/Users/Me',
  '/Videos/1/stream',
  '/web/index.html',
  '/web/main.js',
  '/Users/0/Authenticate',
];

function requestBytes(random: Random, mark: string): Buffer {
  const method = random.pick([
    'GET',
    'GET',
    'GET',
    'HEAD',
    'OPTIONS',
    'POST',
    'POST',
    'POST',
    'PUT',
    'DELETE',
  ]);
  const version = random.below(15) === 0 ? '1.0' : '1.1';
  const lines = [`${method} ${random.pick(PATHS)}?m=${mark} HTTP/${version}`, 'Host: media.example.org'];
  lines.push(`X-Mark: ${mark}`, 'Accept: */*');
  if (random.below(10) === 0) lines.push('Connection: close');
  if (random.below(15) === 0)
    lines.push('Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13');
  const isBodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  if (isBodiless && random.below(12) > 0) return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  if (random.below(12) === 0) lines.push('Expect: 100-continue');
  const size = random.pick([0, 1, 40, 40, 200, 2_000, 16_384, 66_000, 300_000]);
  const text = `POST /inner?m=${mark} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc`;
  const body = Buffer.alloc(size, text, 'latin1');
  if (random.below(2) === 0) {
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nContent-Length: ${size}\r\n\r\n`), body]);
  }
  const parts = [Buffer.from(`${lines.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n`)];
  for (let from = 0; from < size; ) {
    const piece = body.subarray(from, from + 1 + random.below(20_000));
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
    from += piece.length;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
