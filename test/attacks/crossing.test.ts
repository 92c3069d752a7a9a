import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/clock/until.ts';
import { type Arrival, createMarkedUpstream, type MarkedUpstream } from './crossing/marked-upstream.ts';
import { type Framing, markIn, marksIn, requestOf } from './crossing/marks.ts';
import { expectInOrder, expectOthersUntouched, newMark } from './crossing/nobody-else.ts';
import { letArrive, openClient, type RawClient } from './crossing/raw-client.ts';
import { createFront, type Front } from './front.ts';

let upstream: MarkedUpstream;
let front: Front;
/** What of a body passes while nobody reads it: our buffers and the system's. */
let capacity = 0;
/** Our sockets to the upstream. */
const outward = new Set<Socket>();
const note = (message: unknown): void => {
  const { socket } = message as { socket: Socket };
  outward.add(socket);
  socket.once('close', () => outward.delete(socket));
};
/** Requests as our server sees them, by mark. */
const inward = new Map<string, IncomingMessage>();
const noteRequest = (message: unknown): void => {
  const { request } = message as { request: IncomingMessage };
  inward.set(markIn(request.url ?? ''), request);
};
beforeAll(async () => {
  subscribe('net.client.socket', note);
  subscribe('http.server.request.start', noteRequest);
  upstream = await createMarkedUpstream();
  front = await createFront(upstream.port);
  capacity = await measureCapacity();
});
beforeEach(() => {
  upstream.faults.length = 0;
  upstream.arrivals.length = 0;
});
afterAll(async () => {
  unsubscribe('net.client.socket', note);
  unsubscribe('http.server.request.start', noteRequest);
  await front.close();
  await upstream.close();
});

/** Stops reading at the head of that request. */
function stopAt(mark: string): Promise<Arrival> {
  return new Promise((resolve) => {
    upstream.plans.set(mark, (arrival) => {
      arrival.socket.pause();
      resolve(arrival);
    });
  });
}

/** Bytes that were written to each connection to the upstream, those that wait with us included. */
function ourWrites(): number[] {
  return [...outward].filter(({ remotePort }) => remotePort === upstream.port).map((one) => one.bytesWritten);
}

async function measureCapacity(): Promise<number> {
  const mark = newMark();
  const stopped = stopAt(mark);
  const client = openClient(front.port);
  client.write(requestOf(mark, { method: 'POST', size: 32 * 1024 * 1024 }));
  await stopped;
  let most = 0;
  for (let still = 0; still < 10; ) {
    const before = most;
    for (let round = 0; round < 10; round += 1) await letArrive();
    most = Math.max(...ourWrites());
    still = most === before ? still + 1 : 0;
  }
  client.leave();
  return most;
}

const KB = 1024;
const AROUND = [-1, 0, 1];
/** Around every buffer on the way: of a chunk, a stream, a socket, and of what stands still before it is all read. */
function sizes(): number[] {
  const steps = [16 * KB, 64 * KB].flatMap((size) => AROUND.map((more) => size + more));
  const standing = [-64, 0, 64, 256, 1024].map((more) => capacity + more * KB + 1);
  return [0, 1, ...steps, 128 * KB, 1024 * KB, 4224 * KB, ...standing];
}
/** Fill our socket to the upstream, which takes 64 kB; what is left is one piece, and the last that our server reads ahead. */
const HELD_SIZES = [65 * KB + 1, 68 * KB, 72 * KB - 1];

interface Early {
  readonly size: number;
  readonly isChunked: boolean;
  readonly framing: Framing;
  readonly isPipelined: boolean;
}

/** A request on its way that the upstream has begun to read. */
interface Begun {
  readonly arrival: Arrival;
  /** Lets go what waits with us, if anything is made to. */
  release(): void;
}

/** Sends it whole, and has just as much read as lets the last byte come to our server. */
async function sendUntilStopped(client: RawClient, mark: string, request: Buffer): Promise<Begun> {
  const stopped = stopAt(mark);
  client.write(request);
  const arrival = await stopped;
  const { socket } = arrival;
  await letArrive();
  while (inward.get(mark)?.complete !== true) {
    socket.once('data', () => socket.pause());
    socket.resume();
    await letArrive();
  }
  socket.pause();
  return { arrival, release: () => undefined };
}

/**
 * Sends it so that its end waits with us, whatever the system's buffers take: once its head has arrived, our socket hands
 * nothing more over, and each piece is sent when the one before is in our buffers.
 */
async function sendAndHold(client: RawClient, mark: string, request: Buffer): Promise<Begun> {
  const first = request.indexOf('\r\n\r\n') + KB;
  const stopped = stopAt(mark);
  client.write(request.subarray(0, first));
  const arrival = await stopped;
  const ours = [...outward].find(({ localPort }) => localPort === arrival.socket.remotePort);
  const read = inward.get(mark);
  if (ours === undefined || read === undefined) throw new Error('the request came by no connection of ours');
  ours.cork();
  const waiting = (): number => ours.writableLength + read.readableLength;
  for (let from = first; from < request.length; from += 8 * KB) {
    const piece = request.subarray(from, from + 8 * KB);
    // Heads of chunks are not handed on.
    const then = waiting() + piece.length - 64;
    client.write(piece);
    await until(() => waiting() >= then);
  }
  await until(() => read.complete);
  // Only what waits with us can be written late: without it nothing would be proved.
  expect(read.readableLength).toBeGreaterThan(0);
  return { arrival, release: () => ours.uncork() };
}

/** One body whose answer comes before it was read, while others want to use the connection. */
async function answerEarly(
  { size, isChunked, framing, isPipelined }: Early,
  send: typeof sendAndHold,
): Promise<void> {
  const mark = newMark();
  const next = newMark();
  const client = openClient(front.port);
  const { arrival, release } = await send(client, mark, requestOf(mark, { method: 'POST', size, isChunked }));
  if (isPipelined) client.write(requestOf(next));
  inward.clear();
  arrival.answer(framing);
  await client.until((got) => got.includes(`answer mark=${mark};`));
  const others = expectOthersUntouched(front.port);
  await letArrive();
  release();
  arrival.socket.resume();
  await others;
  await until(() => arrival.isWhole || arrival.isClosed);
  if (isPipelined) await client.until((got) => got.includes(`answer mark=${next};`));
  await letArrive();
  client.leave();
  expectInOrder(upstream);
  expect(client.got).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  const got = marksIn(client.got);
  expect([[mark], ...(isPipelined ? [[mark, next]] : [])]).toContainEqual(got);
}

describe('an upstream that stops reading, answers and reads on', () => {
  const CASES = ([false, true] as const).flatMap((isChunked) =>
    (['a length', 'chunks', 'its end'] as const).flatMap((framing) =>
      ([false, true] as const).map((isPipelined) => ({
        ...{ isChunked, framing, isPipelined },
        what: `a body in ${isChunked ? 'chunks' : 'its length'}, an answer that ends by ${framing}, ${isPipelined ? 'with' : 'without'} a request behind it`,
      })),
    ),
  );
  it.each(CASES)('never reads a byte of a body behind another head: $what', async (one) => {
    for (const size of sizes()) await answerEarly({ ...one, size }, sendUntilStopped);
  });
  it.each(CASES)('never reads the end that waited with us behind another head: $what', async (one) => {
    for (const size of HELD_SIZES) await answerEarly({ ...one, size }, sendAndHold);
  });
});

describe('a body that Jellyfin does not read', () => {
  // On a sign-in it has a limit before anything is forwarded: `held-connections`.
  it.each([
    ['POST', '/Sessions/Playing/Progress'],
    ['POST', '/Items/0123456789abcdef0123456789abcdef/Images/Primary'],
    ['PUT', '/Anything'],
  ])('is forwarded no more once the answer is over: %s %s', async (method, path) => {
    const mark = newMark();
    const stopped = stopAt(mark);
    const client = openClient(front.port);
    const size = 256 * 1024 * KB;
    client.write(`${method} ${path}?mark=${mark} HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
    const arrival = await stopped;
    const body = requestOf(mark, { method: 'POST', size: 16 * 1024 * KB });
    client.write(body.subarray(body.indexOf('\r\n\r\n') + 4));
    await letArrive();
    arrival.socket.write(`HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n`);
    await client.until((got) => got.includes('\r\n\r\n'));
    expect(client.got).toMatch(/^HTTP\/1\.1 401 /);
    const written = Math.max(...ourWrites());
    arrival.socket.resume();
    await until(() => arrival.isClosed);
    expect(arrival.isWhole).toBe(false);
    expect(arrival.bodyBytes).toBeLessThanOrEqual(written);
    client.leave();
    expectInOrder(upstream);
    await expectOthersUntouched(front.port);
  });
});
