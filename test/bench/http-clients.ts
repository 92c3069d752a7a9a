import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../support/network/free-port.ts';
import { processorSeconds, residentBytes } from './process-cost.ts';
import { startUpstream } from './reference-nginx.ts';
import { openSlowReaders } from './slow-readers.ts';
import { load } from './wrk.ts';

/*
 * Compares ways to carry requests to Jellyfin, each as a bare proxy in a process of its own, one after the other in
 * several rounds: `npm run bench:clients`. The decision they led to stands in `docs/decisions/`.
 */

const { values } = parseArgs({
  options: {
    ways: { type: 'string', default: 'ours,undici,http-proxy-middleware,node:http' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    readers: { type: 'string', default: '1000' },
    hold: { type: 'string', default: '10' },
  },
});

/** What one way costs; one number for each round. */
interface Costs {
  readonly smallMicroseconds: number[];
  readonly smallPerSecond: number[];
  readonly largeMicroseconds: number[];
  readonly slowKilobytes: { length: number; chunked: number };
}

const seconds = Number(values.seconds);
const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
const upstream = await startUpstream(folder, await freePort());
await writeFile(join(folder, 'www', 'megabyte'), Buffer.alloc(1024 * 1024, 'x'));
try {
  const costs = new Map<string, Costs>();
  for (const way of values.ways.split(',')) {
    costs.set(way, {
      smallMicroseconds: [],
      smallPerSecond: [],
      largeMicroseconds: [],
      slowKilobytes: { length: 0, chunked: 0 },
    });
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [way, cost] of costs) await measureRequests(way, cost);
  }
  for (const [way, cost] of costs) {
    cost.slowKilobytes.length = await measureSlowStream(way, '/film');
    cost.slowKilobytes.chunked = await measureSlowStream(way, '/transcode');
  }
  process.stdout.write(`${describe(costs)}\n`);
} finally {
  await upstream.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startWay(way: string) {
  const port = await freePort();
  const file = join(import.meta.dirname, 'http-client-child.ts');
  const child = spawn(process.execPath, [file, way, String(port), String(upstream.port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function measureRequests(way: string, cost: Costs): Promise<void> {
  const proxy = await startWay(way);
  const url = `http://127.0.0.1:${proxy.port}`;
  await load(`${url}/System`, 32, 1);
  const small = await costOf(`${url}/System`, 32);
  const large = await costOf(`${url}/megabyte`, 8);
  await proxy.stop();
  cost.smallMicroseconds.push(small.microseconds);
  cost.smallPerSecond.push(small.perSecond);
  cost.largeMicroseconds.push(large.microseconds);

  async function costOf(address: string, connections: number) {
    const before = processorSeconds([proxy.pid]);
    const { requestsPerSecond, failures } = await load(address, connections, seconds);
    if (failures > 0) throw new Error(`${way}: ${failures} requests failed`);
    const spent = processorSeconds([proxy.pid]) - before;
    return { microseconds: (spent / (requestsPerSecond * seconds)) * 1e6, perSecond: requestsPerSecond };
  }
}

/** Resident memory of one stream whose reader is slow, in kB; the program is warm before. */
async function measureSlowStream(way: string, path: string): Promise<number> {
  const count = Number(values.readers);
  const proxy = await startWay(way);
  const warmUp = await openSlowReaders(proxy.port, path, 50, 500);
  await sleep(2_000);
  warmUp.leave();
  await sleep(1_000);
  const before = residentBytes([proxy.pid]);
  const readers = await openSlowReaders(proxy.port, path, count, 4_000);
  await sleep(2_000 + Number(values.hold) * 1_000);
  const grown = residentBytes([proxy.pid]) - before;
  const started = readers.started();
  readers.leave();
  await proxy.stop();
  return grown / Math.max(started, 1) / 1_000;
}

function describe(costs: ReadonlyMap<string, Costs>): string {
  const columns = [
    '1 kB, µs each',
    '1 kB, requests/s',
    '1 MB, µs each',
    'slow, length, kB',
    'slow, chunked, kB',
  ];
  const lines = [...costs].map(([way, cost]) =>
    [
      way.padEnd(22),
      ...[cost.smallMicroseconds, cost.smallPerSecond, cost.largeMicroseconds].map(spread),
      cost.slowKilobytes.length.toFixed(0),
      cost.slowKilobytes.chunked.toFixed(0),
    ]
      .map((cell, index) => (index === 0 ? cell : cell.padStart(22)))
      .join(''),
  );
  return [''.padEnd(22) + columns.map((name) => name.padStart(22)).join(''), ...lines].join('\n');
}

/** Median, and the least and the most in brackets. */
function spread(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b).map(Math.round);
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]}..${sorted.at(-1)})`;
}
