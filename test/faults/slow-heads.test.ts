import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFront, type Front } from '../attacks/front.ts';
import { createRecordingUpstream, type RecordingUpstream } from '../attacks/smuggling/recording-upstream.ts';

let upstream: RecordingUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createRecordingUpstream();
  front = await createFront(upstream.port);
});
afterAll(async () => {
  await front.close();
  await upstream.close();
});

/** Sends a byte of a head each second; answers after how long it was cut, in milliseconds, and what had come. */
function dripHead(): Promise<{ afterMs: number; got: string }> {
  const socket = connect(front.port, '127.0.0.1');
  const start = performance.now();
  let got = '';
  socket.on('error', () => undefined);
  socket.on('data', (part) => {
    got += part.toString('latin1');
  });
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
  const drip = setInterval(() => socket.writable && socket.write('x'), 1_000);
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearInterval(drip);
      resolve({ afterMs: performance.now() - start, got });
    });
  });
}

it('200 clients that send their heads byte by byte are cut within 20 s, and honest ones never wait', async () => {
  const slow = Array.from({ length: 200 }, dripHead);
  const honest: number[] = [];
  const asking = setInterval(() => {
    const start = performance.now();
    void fetch(`http://127.0.0.1:${front.port}/a`)
      .then((answer) => answer.text())
      .then(() => honest.push(performance.now() - start));
  }, 250);
  const cut = await Promise.all(slow);
  clearInterval(asking);
  for (const { afterMs, got } of cut) {
    expect(afterMs).toBeLessThan(20_000);
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
  }
  expect(honest.length).toBeGreaterThan(40);
  expect(Math.max(...honest)).toBeLessThan(3_000);
  expect(upstream.arrived().faults).toEqual([]);
});
