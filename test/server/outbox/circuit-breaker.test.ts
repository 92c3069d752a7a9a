import { expect, test } from 'vitest';
import { createCircuitBreaker } from '../../../server/outbox/circuit-breaker.ts';

function setUp() {
  let now = 1_000_000;
  const gate = createCircuitBreaker(4, () => now);
  const wait = (ms: number) => {
    now += ms;
  };
  return { gate, wait };
}

test('one at a time until the other side has answered, then four', () => {
  const { gate } = setUp();
  expect(gate.allowance(0)).toBe(1);
  expect(gate.allowance(1)).toBe(0);
  expect(gate.succeed(gate.mark())).toBe(false);
  expect(gate.allowance(1)).toBe(3);
  expect(gate.allowance(4)).toBe(0);
});

test('after failures it opens for one try after 1, 2, 4, 8 and then 15 seconds', () => {
  const { gate, wait } = setUp();
  for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
    gate.fail();
    wait(pauseMs - 1);
    expect(gate.allowance(0)).toBe(0);
    wait(1);
    expect(gate.allowance(0)).toBe(1);
    expect(gate.allowance(1)).toBe(0);
  }
  expect(gate.succeed(gate.mark())).toBe(true);
  expect(gate.allowance(0)).toBe(4);
  expect(gate.opensInMs()).toBe(0);
});

test('four that fail together count as one', () => {
  const { gate, wait } = setUp();
  gate.succeed(gate.mark());
  for (let i = 0; i < 4; i++) gate.fail();
  wait(1_000);
  expect(gate.allowance(0)).toBe(1);
});

test('after ten seconds without work one goes ahead and looks', () => {
  const { gate, wait } = setUp();
  gate.succeed(gate.mark());
  wait(9_999);
  expect(gate.allowance(0)).toBe(4);
  wait(1);
  expect(gate.allowance(0)).toBe(1);
  expect(gate.allowance(1)).toBe(0);
  expect(gate.succeed(gate.mark())).toBe(false);
  expect(gate.allowance(0)).toBe(4);
});

test('a success of what had begun before a failure does not open it', () => {
  const { gate, wait } = setUp();
  const mark = gate.mark();
  expect(gate.succeed(mark)).toBe(false);
  gate.fail();
  expect(gate.succeed(mark)).toBe(false);
  expect(gate.allowance(0)).toBe(0);
  wait(1_000);
  expect(gate.allowance(0)).toBe(1);
  expect(gate.succeed(gate.mark())).toBe(true);
});

test('a success between two failures of one moment does not leave it open', () => {
  const { gate, wait } = setUp();
  gate.succeed(gate.mark());
  gate.fail();
  gate.succeed(gate.mark());
  gate.fail();
  expect(gate.allowance(0)).toBe(0);
  wait(999);
  expect(gate.allowance(0)).toBe(0);
  wait(1);
  expect(gate.allowance(0)).toBe(1);
});

test('what takes long holds up no other, until there are four times as many as may be at once', () => {
  const { gate } = setUp();
  expect(gate.allowance(1, 1)).toBe(1);
  expect(gate.allowance(2, 1)).toBe(0);
  expect(gate.allowance(16, 16)).toBe(0);
  gate.succeed(gate.mark());
  expect(gate.allowance(4, 4)).toBe(4);
  expect(gate.allowance(6, 4)).toBe(2);
  expect(gate.allowance(14, 14)).toBe(2);
  expect(gate.allowance(16, 16)).toBe(0);
});

test('a pause that the other side asks for is kept, and a shorter one after it shortens nothing', () => {
  const { gate, wait } = setUp();
  gate.succeed(gate.mark());
  gate.fail(40_000);
  gate.fail(5_000);
  expect(gate.opensInMs()).toBe(40_000);
  wait(39_999);
  expect(gate.allowance(0)).toBe(0);
  wait(1);
  expect(gate.allowance(0)).toBe(1);
  expect(gate.succeed(gate.mark())).toBe(true);
  expect(gate.opensInMs()).toBe(0);
});
