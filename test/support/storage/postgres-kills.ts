import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { until } from '../clock/until.ts';
import { linksTo } from '../program/kill-aftermath.ts';
import { ask, createRedeemingStage, redeem, tokenOf } from '../program/redeeming-stage.ts';
import type { PostgresServer } from './postgres.ts';
import { USES, type UseReport } from './postgres-user.ts';

const USER = join(import.meta.dirname, 'postgres-user.ts');

/** Longest from the server's start to a kill, in milliseconds: letting in all who wait takes about a third of that. */
const LONGEST_MS = 400;

/**
 * Kills the server again and again at random moments while the real program takes requests and another process uses the
 * storage in every way at once: half of the kills as a power cut does (SIGKILL of the postmaster, whose processes then
 * notice one by one), half as an administrator does in need (SIGQUIT). No exception may be left that nobody caught, each
 * failure must say that the server cannot be reached, and all must go on by itself each time.
 */
export async function killPostgresInUse(server: PostgresServer, kills: number): Promise<void> {
  const stage = await createRedeemingStage({ people: 2, storage: server.freshUrl() });
  const { program, url } = await stage.start();
  const user = startUser(server.freshUrl());
  let isOver = false;
  let refused = 0;
  const asking = (async () => {
    for (; !isOver; await sleep(10)) if (!(await ask(url, 'person0'))) refused += 1;
  })();
  for (let kill = 0; kill < kills; kill += 1) {
    // Every other time all have to be well again first; else they are met while they come back.
    if (kill % 2 === 0) await user.allGoWell();
    await sleep(Math.random() * LONGEST_MS);
    await server.kill(kill % 4 < 2 ? 'SIGKILL' : 'SIGQUIT');
    await server.start();
  }
  const { went, uncaught, foreign } = await user.allGoWell();
  isOver = true;
  await asking;
  process.stdout.write(`${JSON.stringify({ kills, refused, ...went })}\n`);
  expect(uncaught).toEqual([]);
  expect(foreign).toEqual([]);
  // The kills have met all of it.
  for (const way of USES) expect(went[way].failed, way).toBeGreaterThan(0);
  expect(program.child.exitCode).toBeNull();
  expect(await user.end()).toBe(0);

  await until(() => ask(url, 'person1'));
  await until(() => linksTo(stage, 'person1').length > 0);
  const [message] = linksTo(stage, 'person1');
  expect(await redeem(url, message === undefined ? '' : tokenOf(message), 'another good phrase')).toBe(200);
  expect(await program.end('SIGTERM')).toBe(0);
}

/** Starts that other process; it is gone after the running test. */
function startUser(location: string) {
  const child = spawn(process.execPath, [USER, location], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  async function report(): Promise<UseReport> {
    const told = once(lines, 'line');
    child.stdin.write('\n');
    return JSON.parse(String((await told)[0]));
  }
  return {
    /** Waits until each way of use has gone well from now on; answers the report. */
    async allGoWell(): Promise<UseReport> {
      const before = await report();
      let now = before;
      await until(async () => {
        await sleep(20);
        now = await report();
        return USES.every((way) => now.went[way].well > before.went[way].well);
      });
      return now;
    },
    /** Answers its exit code. */
    async end(): Promise<number | null> {
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.stdin.end();
      return (await ended)[0];
    },
  };
}
