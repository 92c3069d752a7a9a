import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { residentBytes } from '../bench/process-cost.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { countOpenFiles, startProgramWithReset } from '../support/program/program-with-reset.ts';

/** A million in all: three parts that bring it to its size, seven in which it must not grow any more. */
const PART = 100_000;
const AT_ONCE = 32;

/** Most that memory may grow over 700,000 requests, in bytes; a leak of 100 bytes a request would be 70 MB. */
const MOST_GROWTH = 40 * 1024 * 1024;

it('C15: a million requests, one in ten of our own, leave no memory and no file descriptor behind', async () => {
  const apiKey = 'd'.repeat(32);
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [apiKey] });
  onTestFinished(() => jellyfin.close());
  const { program, port } = await startProgramWithReset({ jellyfinUrl: jellyfin.url, apiKey });
  const pid = program.child.pid ?? 0;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  onTestFinished(() => agent.destroy());

  const get = (path: string): Promise<void> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, agent }, (answer) => {
        answer.resume().once('end', () => resolve());
        if ((answer.statusCode ?? 500) >= 500) reject(new Error(`${path} was answered ${answer.statusCode}`));
      })
        .on('error', reject)
        .end();
    });
  async function load(count: number): Promise<void> {
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next++ < count) await get(next % 10 === 0 ? '/gatehouse/account' : '/System/Ping');
      }),
    );
    // What the fake has noted is of no use here, and would fill the memory of this process.
    jellyfin.journal.length = 0;
  }

  await load(1_000);
  const filesBefore = countOpenFiles(program);
  for (let part = 0; part < 3; part += 1) await load(PART);
  const before = residentBytes([pid]);
  for (let part = 0; part < 7; part += 1) await load(PART);
  const after = residentBytes([pid]);
  agent.destroy();
  await sleep(2_000);
  process.stdout.write(
    `after 300,000 and 1,000,000 requests: ${(before / 1e6).toFixed(0)} and ${(after / 1e6).toFixed(0)} MB\n`,
  );
  expect(after - before).toBeLessThan(MOST_GROWTH);
  expect(countOpenFiles(program)).toBeLessThanOrEqual(filesBefore + 5);
}, 3_600_000);
