import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../support/network/free-port.ts';
import { startGatehouse } from './gatehouse-child.ts';
import { measure, measureSlowStreams, type Subject } from './measures.ts';
import { residentBytes } from './process-cost.ts';
import { startReference, startUpstream } from './reference-nginx.ts';
import { measureReset } from './reset-load.ts';
import { describeResults, type Results } from './results.ts';

const { values } = parseArgs({
  options: {
    /** `proxy` or `reset`; both when it is left out. */
    only: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    films: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '2' },
    readers: { type: 'string', default: '1000' },
    hold: { type: 'string', default: '10' },
    requests: { type: 'string', default: '2000' },
    messages: { type: 'string', default: '2000' },
    contacts: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
});

if (!existsSync('dist/server/main.js')) throw new Error('Build first: npm run build.');
const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
try {
  const plan = {
    requests: Number(values.requests),
    messages: Number(values.messages),
    contacts: Number(values.contacts),
  };
  const proxy = values.only === 'reset' ? undefined : await measureProxy();
  const reset = values.only === 'proxy' ? undefined : await measureReset(folder, plan);
  const { table, json } = describeResults(proxy, reset);
  process.stdout.write(`${table}\n${JSON.stringify(json)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(json, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Beside nginx, in turn, several times, so that a busy moment of the machine does not hit one of them only. */
async function measureProxy(): Promise<Results> {
  const upstream = await startUpstream(folder, await freePort());
  const nginx = await startReference(folder, await freePort(), upstream.port);
  const port = await freePort();
  const gatehouse = await startGatehouse(folder, port, upstream.port);
  try {
    await sleep(2_000);
    const idleBytes = residentBytes([gatehouse.pid]);
    const subjects: Subject[] = [
      { name: 'upstream', port: upstream.port, pids: () => upstream.workers() },
      { name: 'nginx', port: nginx.port, pids: () => nginx.workers() },
      { name: 'gatehouse', port, pids: () => [gatehouse.pid] },
    ];
    const plan = { seconds: Number(values.seconds), films: Number(values.films) };
    const results: Results = {
      measures: { upstream: [], nginx: [], gatehouse: [] },
      slow: {},
      startMs: gatehouse.startMs,
      idleBytes,
    };
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const subject of subjects) results.measures[subject.name].push(await measure(subject, plan));
    }
    for (const subject of subjects.slice(1)) {
      results.slow[subject.name] = await measureSlowStreams(
        subject,
        Number(values.readers),
        Number(values.hold),
      );
    }
    return results;
  } finally {
    await gatehouse.stop();
    await nginx.stop();
    await upstream.stop();
  }
}
