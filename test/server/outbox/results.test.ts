import { expect, test } from 'vitest';
import {
  GIVE_UP_AFTER_MS,
  pauseAfter,
  ROW_BACKOFF,
  STALLED_BACKOFF,
  UNCONFIRMED_BACKOFF,
} from '../../../server/outbox/results.ts';

test('a row waits 5 s, then twice as long each time, up to 10 minutes', () => {
  const seconds = [1, 2, 3, 4, 7, 8, 9, 500].map((tries) => pauseAfter(tries, ROW_BACKOFF, 0) / 1000);
  expect(seconds).toEqual([5, 10, 20, 40, 320, 600, 600, 600]);
});

test('while the other side is away as a whole, never longer than a minute', () => {
  expect(pauseAfter(10, STALLED_BACKOFF, 0)).toBe(60_000);
});

test('chance adds up to a quarter', () => {
  expect(pauseAfter(1, ROW_BACKOFF, 0.999)).toBeGreaterThan(6_200);
  expect(pauseAfter(1, ROW_BACKOFF, 0.999)).toBeLessThanOrEqual(6_250);
});

test('a message that may have been sent goes out eight times in a day at most', () => {
  const minutes = [1, 2, 3, 7].map((tries) => pauseAfter(tries, UNCONFIRMED_BACKOFF, 0) / 60_000);
  expect(minutes).toEqual([15, 30, 60, 480]);
  let copies = 1;
  for (let at = 0; at < GIVE_UP_AFTER_MS; copies++) at += pauseAfter(copies, UNCONFIRMED_BACKOFF, 0);
  expect(copies).toBeLessThanOrEqual(9);
});
