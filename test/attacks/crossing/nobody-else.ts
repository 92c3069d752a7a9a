import { expect } from 'vitest';
import type { MarkedUpstream } from './marked-upstream.ts';
import { marksIn, requestOf } from './marks.ts';
import { openClient } from './raw-client.ts';

let count = 0;

/** A mark that no other request of this run has. */
export function newMark(): string {
  count += 1;
  return `m${count.toString(36)}x`;
}

/** Asks by a connection of its own, once; answers what came. */
export async function ask(port: number, mark: string): Promise<string> {
  const client = openClient(port);
  client.write(requestOf(mark));
  await client.until((got) => got.includes('answer mark='));
  client.leave();
  return client.got;
}

/** Asks as three others at once, and fails unless each gets the answer to its own request and nothing else. */
export async function expectOthersUntouched(port: number): Promise<void> {
  const marks = [newMark(), newMark(), newMark()];
  const answers = await Promise.all(marks.map((mark) => ask(port, mark)));
  for (const [index, answer] of answers.entries()) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(marksIn(answer)).toEqual([marks[index]]);
  }
}

/** Fails when bytes stood where they must not, or a request came that nobody sent. */
export function expectInOrder(upstream: MarkedUpstream): void {
  expect(upstream.faults).toEqual([]);
  expect(upstream.arrivals.filter(({ head }) => head.target.startsWith('/crossed'))).toEqual([]);
}
