import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/clock/until.ts';
import { createFront, type Front } from '../front.ts';
import { type Arrival, createMarkedUpstream, type MarkedUpstream } from './marked-upstream.ts';
import { answerOf, type Framing, marksIn, requestOf } from './marks.ts';
import { ask, expectInOrder, expectOthersUntouched, newMark } from './nobody-else.ts';
import { letArrive, openClient } from './raw-client.ts';

let upstream: MarkedUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createMarkedUpstream();
  front = await createFront(upstream.port);
});
beforeEach(async () => {
  upstream.faults.length = 0;
  upstream.arrivals.length = 0;
  // So that connections wait for somebody to use them again.
  await expectOthersUntouched(front.port);
});
afterAll(async () => {
  await front.close();
  await upstream.close();
});

/** An answer that nobody asked for. */
const EVIL = 'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nanswer mark=evil;';
const BODY_BYTES = 40_000;
const ANSWER_BYTES = 20_000;

/** What has been answered when it happens. */
const MOMENTS = ['before the head', 'in the head', 'in the body', 'behind the answer', 'while idle'] as const;
type Moment = (typeof MOMENTS)[number];

/** What happens. */
const ACTS = {
  'ends its side': ({ socket }: Arrival) => void socket.end(),
  closes: ({ socket }: Arrival) => void socket.destroy(),
  resets: ({ socket }: Arrival) => void socket.resetAndDestroy(),
  'says another answer': ({ socket }: Arrival) => void socket.write(EVIL),
  stalls: () => undefined,
} as const;
type Act = keyof typeof ACTS;

const REQUESTS = {
  GET: { method: 'GET' },
  'POST with a length': { method: 'POST', size: BODY_BYTES },
  'POST in chunks': { method: 'POST', size: BODY_BYTES, isChunked: true },
} as const;

function partOf(answer: Buffer, moment: Moment): Buffer {
  if (moment === 'before the head') return answer.subarray(0, 0);
  if (moment === 'in the head') return answer.subarray(0, 20);
  if (moment === 'in the body') return answer.subarray(0, answer.length / 2);
  return answer;
}

interface Case {
  readonly moment: Moment;
  readonly act: Act;
  readonly kind: keyof typeof REQUESTS;
  readonly framing: Framing;
  readonly isWholeFirst: boolean;
}

async function tryMoment(one: Case): Promise<void> {
  const { moment, act, kind, framing, isWholeFirst } = one;
  const mark = newMark();
  const answer = answerOf(mark, framing, ANSWER_BYTES);
  const client = openClient(front.port);
  const arrived = new Promise<Arrival>((resolve) => upstream.plans.set(mark, resolve));
  client.write(requestOf(mark, REQUESTS[kind]));
  const arrival = await arrived;
  if (isWholeFirst) await until(() => arrival.isWhole);
  arrival.socket.write(partOf(answer, moment));
  const isAnswered = moment === 'behind the answer' || moment === 'while idle';
  // Another answer in the place of the head is the answer.
  if (isAnswered || act === 'says another answer') arrival.release();
  if (moment === 'while idle') {
    await client.until((got) => got.length > ANSWER_BYTES);
    await letArrive();
  }
  ACTS[act](arrival);
  // Who asks while such bytes are still on their way to us is owed them, as far as anybody can know.
  if (isAnswered && act === 'says another answer' && framing !== 'its end')
    await until(() => arrival.isClosed);
  const others = expectOthersUntouched(front.port);
  await letArrive();
  await others;
  // What is said to a client that has left is said to nobody.
  client.leave();
  await letArrive();
  if (arrival.socket.writable) arrival.socket.write(EVIL);
  await until(() => arrival.isClosed);
  await expectOthersUntouched(front.port);

  expectInOrder(upstream);
  const times = upstream.arrivals.filter((arrival) => arrival.mark === mark).length;
  // What must not be done twice is sent once.
  expect(times).toBeLessThanOrEqual(kind === 'GET' ? 2 : 1);
  // The very one whose connection speaks nonsense may get to read it, in the place of its own answer.
  const allowed = act === 'says another answer' ? [mark, 'evil'] : [mark];
  for (const seen of marksIn(client.got)) expect(allowed).toContain(seen);
}

describe('an upstream that', () => {
  const CASES = MOMENTS.flatMap((moment) => (Object.keys(ACTS) as Act[]).map((act) => ({ moment, act })));
  it.each(CASES)('$act $moment touches nobody but its own client', async ({ moment, act }) => {
    for (const kind of Object.keys(REQUESTS) as (keyof typeof REQUESTS)[]) {
      for (const framing of ['a length', 'chunks', 'its end'] as const) {
        for (const isWholeFirst of kind === 'GET' ? [true] : [true, false])
          await tryMoment({ moment, act, kind, framing, isWholeFirst });
      }
    }
  });
});

describe('an answer that nobody asked for', () => {
  it('on an idle connection ends that connection and is told to nobody', async () => {
    for (let round = 0; round < 20; round += 1) {
      const mark = newMark();
      const arrived = new Promise<Arrival>((resolve) => upstream.plans.set(mark, resolve));
      const asked = ask(front.port, mark);
      const arrival = await arrived;
      arrival.answer('a length');
      await asked;
      arrival.socket.write(EVIL);
      await until(() => arrival.isClosed);
      await expectOthersUntouched(front.port);
    }
    expectInOrder(upstream);
  });

  // What is read at once is 16 kB, or 64 kB for quick readers: behind an answer that ends there, the next piece comes apart.
  const SIZES = [16, 32, 64].flatMap((kb) => [-1, 0, 1].map((more) => kb * 1024 + more));
  it.each(SIZES)(
    'behind an answer of %d bytes with its head is told to nobody, pipelined or not',
    async (size) => {
      for (const method of ['GET', 'POST'] as const) {
        for (const framing of ['a length', 'chunks'] as const) {
          for (const isPipelined of [false, true]) {
            const mark = newMark();
            const next = newMark();
            const bare = answerOf(mark, framing, 2_000).length - 2_000;
            const answer = padTo(mark, framing, size, bare);
            expect(answer).toHaveLength(size);
            upstream.plans.set(mark, (arrival) => {
              arrival.socket.write(Buffer.concat([answer, Buffer.from(EVIL)]));
              arrival.release();
            });
            const client = openClient(front.port);
            client.write(requestOf(mark, { method, size: 1 }));
            if (isPipelined) client.write(requestOf(next));
            await client.until(
              (got) => marksIn(got).includes(isPipelined ? next : mark) && got.length >= size,
            );
            await expectOthersUntouched(front.port);
            await letArrive();
            client.leave();
            expect(marksIn(client.got)).toEqual(isPipelined ? [mark, next] : [mark]);
          }
        }
      }
      expectInOrder(upstream);
    },
  );
});

/** An answer whose head and body have that many bytes together. */
function padTo(mark: string, framing: Framing, size: number, bare: number): Buffer {
  for (let body = size - bare - 20; ; body += 1) {
    const answer = answerOf(mark, framing, body);
    if (answer.length >= size) return answer;
  }
}
