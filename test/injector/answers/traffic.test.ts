import http from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type CountedAnswer, createTraffic } from '../../../injector/answers/traffic.ts';
import { listen, shut } from '../../support/network/listen.ts';

async function counted(answer: (response: http.ServerResponse, counting: CountedAnswer) => void) {
  const onBusy = vi.fn();
  const traffic = createTraffic(onBusy);
  const server = http.createServer((_request, response) => answer(response, traffic.count(response)));
  traffic.follow(server);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return { traffic, onBusy, url: `http://127.0.0.1:${port}/` };
}

it('answers are counted once, by handler and class, and bytes by direction', async () => {
  const { traffic, onBusy, url } = await counted((response, counting) => {
    counting.handler = 'rewritten';
    response.writeHead(404).end('x'.repeat(1_000));
  });
  for (let n = 0; n < 3; n += 1) await (await fetch(url)).text();
  await vi.waitFor(() => expect([...traffic.read().answers]).toEqual([['rewritten 4xx', 3]]));
  const { sentBytes, receivedBytes } = traffic.read();
  expect(sentBytes).toBeGreaterThan(3_000);
  expect(receivedBytes).toBeGreaterThan(100);
  expect(onBusy).not.toHaveBeenCalled();
});

it('a 503 that was passed on is a reason to look at Jellyfin', async () => {
  const { onBusy, url } = await counted((response) => void response.writeHead(503).end());
  await (await fetch(url)).text();
  await vi.waitFor(() => expect(onBusy).toHaveBeenCalledOnce());
});

it('a client that leaves before the head of the answer is counted as cut', async () => {
  const { traffic, url } = await counted(() => undefined);
  const leave = new AbortController();
  const asked = fetch(url, { signal: leave.signal });
  setTimeout(() => leave.abort(), 50);
  await expect(asked).rejects.toThrow();
  await vi.waitFor(() => expect([...traffic.read().answers]).toEqual([['passed cut', 1]]));
});

it('times go into the first bound they do not exceed, and what is over the last into one more', () => {
  const traffic = createTraffic(() => undefined);
  for (const ms of [0.5, 1, 1.1, 50, 10_000, 10_001, 99_999]) traffic.upstreamAnswered(ms);
  const { counts, count, sumMs } = traffic.read().upstream;
  expect(counts).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2]);
  expect(count).toBe(7);
  expect(sumMs).toBeCloseTo(120_052.6, 3);
});
