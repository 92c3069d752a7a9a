import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { createRandom } from '../measure/random.ts';
import { createEchoingUpstream } from './echoing-upstream.ts';
import type { ChildReport } from './injector-child.ts';
import { runSession } from './sessions.ts';

/** Clients at once. */
const AT_ONCE = 24;

/**
 * Sends mutated requests through the injector, a process of its own, to an upstream whose answers are mutated, slow and
 * early, and fails when a client is told anything of another one, when a byte reaches the upstream that a strict reader
 * faults, or when anything is not caught. How long one turn of the event loop took is printed and answered: on a machine that is
 * busy with other things it is no proof of anything.
 *
 * @param seconds How long.
 * @param seed Of what is sent; what comes first is decided by the machine.
 * @returns The most processor time of one turn of the event loop, in milliseconds.
 */
export async function runMutations(seconds: number, seed: number): Promise<{ readonly mostTurnMs: number }> {
  const random = createRandom(seed);
  const upstream = await createEchoingUpstream(createRandom(seed + 1));
  onTestFinished(() => upstream.close());
  const child = fork(join(import.meta.dirname, 'injector-child.ts'), [String(upstream.port)]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const { port } = await nextReport(child);
  await sleep(Math.min(5_000, seconds * 100));
  child.send('look');
  const control = await nextReport(child);

  const until = performance.now() + seconds * 1_000;
  const sum = { sessions: 0, requests: 0, mutated: 0, answers: 0 };
  const crossed: string[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < until && child.exitCode === null) {
        const { requests, mutated, answers, foreign } = await runSession(port, random);
        sum.sessions += 1;
        sum.requests += requests;
        sum.mutated += mutated;
        sum.answers += answers;
        crossed.push(...foreign);
      }
    }),
  );
  expect(child.exitCode).toBe(null);
  child.send('look');
  const { mostDelayMs, mostTurnMs, errors } = await nextReport(child);
  const { requests, mutatedAnswers, earlyAnswers } = upstream.seen;
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  process.stdout.write(
    `mutations, seed ${seed}, ${seconds} s: ${sum.sessions} connections, ${sum.requests} requests (${sum.mutated} mutated), ` +
      `${requests} reached the upstream, ${sum.answers} answers (${mutatedAnswers} mutated, ${earlyAnswers} early); ` +
      `crossed ${crossed.length}, faulted ${upstream.faults.length}, errors ${errors.length}; longest turn ${ms(mostTurnMs)} ` +
      `of the processor (without load ${ms(control.mostTurnMs)}), longest delay ${ms(mostDelayMs)} (${ms(control.mostDelayMs)})\n`,
  );
  expect(crossed).toEqual([]);
  expect(upstream.faults.slice(0, 10)).toEqual([]);
  expect(errors.slice(0, 10)).toEqual([]);
  // Else nothing was tried.
  expect(requests).toBeGreaterThan(seconds);
  expect(mutatedAnswers).toBeGreaterThan(seconds / 10);
  return { mostTurnMs };
}

async function nextReport(child: ChildProcess): Promise<ChildReport> {
  const [report] = (await once(child, 'message')) as [ChildReport];
  return report;
}
