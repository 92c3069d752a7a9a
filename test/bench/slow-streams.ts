import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlowRound, Subject } from './measures.ts';
import { residentBytes } from './process-cost.ts';
import { openSlowReaders } from './slow-readers.ts';

/** How many readers come before the base is taken: what is loaded and compiled for the first stream is no cost of one. */
const WARM_READERS = 50;
const RAMP_MS = 8_000;
const SETTLE_MS = 2_000;

/**
 * Lets many slow readers pull a film for some seconds from a process that has served nobody yet, and as many again
 * when they have left.
 *
 * @param path `/film` or `/transcode`.
 * @throws {Error} when a reader got nothing.
 */
export async function measureSlowStreams(
  subject: Subject,
  upstreamPort: number,
  path: string,
  plan: { readonly readers: number; readonly hold: number },
): Promise<SlowRound> {
  const few = await openSlowReaders(subject.port, path, WARM_READERS, 500);
  await sleep(SETTLE_MS);
  few.leave();
  await sleep(SETTLE_MS);
  const before = residentBytes(subject.pids());
  const connectionsBefore = connectionsOf(subject.port, upstreamPort);
  const first = await wave();
  const left = connectionsOf(subject.port, upstreamPort) - connectionsBefore;
  const second = await wave();
  return {
    heldKilobytes: first.atLast,
    grownKilobytes: first.atLast - first.atFirst,
    againKilobytes: second.atLast - first.atLast,
    left,
  };

  async function wave(): Promise<{ atFirst: number; atLast: number }> {
    const readers = await openSlowReaders(subject.port, path, plan.readers, RAMP_MS);
    await readers.untilStarted();
    await sleep(SETTLE_MS);
    const atFirst = grown();
    await sleep(plan.hold * 1_000);
    const atLast = grown();
    readers.leave();
    await sleep(1_000);
    return { atFirst, atLast };
  }

  function grown(): number {
    return (residentBytes(subject.pids()) - before) / plan.readers / 1_000;
  }
}

/**
 * Connections that the server has not given up, and those on which the upstream still has something to send. Idle ones to
 * the upstream are kept for the next call, and are nobody's film.
 */
function connectionsOf(port: number, upstreamPort: number): number {
  return listOf(port).length + listOf(upstreamPort).filter(([, waiting]) => waiting !== '0').length;
}

/** Receive queue, send queue and addresses of each connection to a port. Source: ss(8). */
function listOf(port: number): string[][] {
  const states = ['state', 'established', 'state', 'close-wait'];
  const list = execFileSync('ss', ['-Htn', ...states, `( sport = :${port} )`], { encoding: 'utf8' });
  const lines = list.split('\n').filter((line) => line.trim() !== '');
  // With more than one state, the state comes first.
  return lines.map((line) => line.trim().split(/\s+/).slice(1));
}
