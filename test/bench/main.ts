import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../support/network/free-port.ts';
import { type GatehouseChild, startGatehouse } from './gatehouse-child.ts';
import { measureRound, type ProxyRounds, type Subject, warmUp } from './measures.ts';
import { measureWays } from './nginx-ways.ts';
import { residentBytes } from './process-cost.ts';
import { type Nginx, startReference, startUpstream } from './reference-nginx.ts';
import { measureReset } from './reset-load.ts';
import { describeResults } from './results.ts';
import { measureSlowStreams } from './slow-streams.ts';

const { values } = parseArgs({
  options: {
    /** `proxy`, `nginx` (Gatehouse behind it, both ways) or `reset`; all when it is left out. */
    only: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    films: { type: 'string', default: '1' },
    /** Pairs of nginx and Gatehouse; fewer than five say little. */
    rounds: { type: 'string', default: '5' },
    /** 0 leaves the slow readers out. */
    readers: { type: 'string', default: '1000' },
    hold: { type: 'string', default: '8' },
    requests: { type: 'string', default: '2000' },
    messages: { type: 'string', default: '2000' },
    contacts: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
});

/** When a program is at rest after its start. */
const REST_MS = 2_500;

if (!existsSync('dist/server/main.js')) throw new Error('Build first: npm run build.');
const rounds = Number(values.rounds);
const LOAD = { seconds: Number(values.seconds), films: Number(values.films) };
const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
try {
  const plan = {
    requests: Number(values.requests),
    messages: Number(values.messages),
    contacts: Number(values.contacts),
  };
  const isWanted = (part: string): boolean => values.only === undefined || values.only === part;
  const proxy = isWanted('proxy') ? await measureProxy() : undefined;
  const ways = isWanted('nginx') ? await measureWays(folder, { rounds, ...LOAD }) : undefined;
  const reset = isWanted('reset') ? await measureReset(folder, plan) : undefined;
  const { table, json, isPassed } = describeResults(proxy, reset, ways);
  process.stdout.write(`${table}\n${JSON.stringify(json)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(json, null, 2)}\n`);
  if (!isPassed) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureProxy(): Promise<ProxyRounds> {
  const upstream = await startUpstream(folder, await freePort());
  const pairs = {
    page: [],
    script: [],
    reloaded: [],
    api: [],
    apiCpu: [],
    filmSpeed: [],
    filmCpu: [],
    addedP50: [],
    addedP99: [],
  };
  const found: ProxyRounds = { pairs, slow: { length: [], chunked: [] }, starts: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const gatehouse = await startGatehouse(folder, await freePort(), upstream.port);
      await sleep(REST_MS);
      found.starts.push({ startMs: gatehouse.startMs, idleBytes: residentBytes([gatehouse.pid]) });
      await gatehouse.stop();
    }
    const behind: Subject = { name: 'upstream', port: upstream.port, pids: () => upstream.workers() };
    await withBoth(upstream, async (nginx, gatehouse) => {
      await warmUp([nginx, gatehouse]);
      for (let round = 0; round < rounds; round += 1) {
        const order = round % 2 === 0 ? [nginx, gatehouse] : [gatehouse, nginx];
        await measureRound(behind, order, LOAD, found.pairs);
      }
    });
    const plan = { readers: Number(values.readers), hold: Number(values.hold) };
    for (let round = 0; round < (plan.readers > 0 ? rounds : 0); round += 1) {
      for (const [framing, path] of [['length', '/film'] as const, ['chunked', '/transcode'] as const]) {
        await withBoth(upstream, async (nginx, gatehouse) => {
          found.slow[framing].push({
            nginx: await measureSlowStreams(nginx, upstream.port, path, plan),
            gatehouse: await measureSlowStreams(gatehouse, upstream.port, path, plan),
          });
        });
      }
    }
    return found;
  } finally {
    await upstream.stop();
  }
}

/** Starts both, each as a process that has done nothing yet, and stops them. */
async function withBoth(
  upstream: Nginx,
  use: (nginx: Subject, gatehouse: Subject) => Promise<void>,
): Promise<void> {
  const reference = await startReference(folder, await freePort(), upstream.port);
  let gatehouse: GatehouseChild | undefined;
  try {
    gatehouse = await startGatehouse(folder, await freePort(), upstream.port);
    const { pid, port } = gatehouse;
    await sleep(REST_MS);
    await use(
      { name: 'nginx', port: reference.port, pids: () => reference.workers() },
      { name: 'gatehouse', port, pids: () => [pid] },
    );
  } finally {
    await gatehouse?.stop();
    await reference.stop();
  }
}
