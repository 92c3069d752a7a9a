import { execFile, execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { processorSeconds, residentBytes } from './process-cost.ts';
import { openSlowReaders } from './slow-readers.ts';
import { load } from './wrk.ts';

const run = promisify(execFile);

/** A server under measurement: nginx or Gatehouse. */
export interface Subject {
  readonly name: 'nginx' | 'gatehouse' | 'upstream';
  readonly port: number;
  pids(): readonly number[];
}

/** What was measured of one server; rates in requests or bytes a second. */
export interface Measures {
  pageRps: number;
  apiRps: number;
  filmBytesPerSecond: number;
  filmCpuSecondsPerGb: number;
  latencyP50Ms: number;
  latencyP99Ms: number;
}

/** How long each load runs. */
export interface Plan {
  readonly seconds: number;
  readonly films: number;
}

/** Measures one server. Throws when an answer failed, since a fast failure is no speed. */
export async function measure({ name, port, pids }: Subject, plan: Plan): Promise<Measures> {
  const url = `http://127.0.0.1:${port}`;
  await load(`${url}/System/Info/Public`, 16, 1);
  const page = await load(`${url}/web/index.html`, 32, plan.seconds, ['Accept-Encoding: gzip']);
  const api = await load(`${url}/System/Info/Public`, 32, plan.seconds);
  const quiet = await load(`${url}/System/Info/Public`, 1, plan.seconds);
  const failures = { page: page.failures, api: api.failures, quiet: quiet.failures };
  if (Object.values(failures).some((count) => count > 0)) {
    throw new Error(`${name} failed under load: ${JSON.stringify(failures)}`);
  }
  const cpuBefore = processorSeconds(pids());
  const speeds: number[] = [];
  for (let n = 0; n < plan.films; n += 1) {
    const { stdout } = await run('curl', [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{speed_download} %{size_download}',
      `${url}/film`,
    ]);
    const [speed = '0', size = '0'] = stdout.split(' ');
    if (Number(size) !== 1024 ** 3) throw new Error(`${url}/film was cut off`);
    speeds.push(Number(speed));
  }
  return {
    pageRps: page.requestsPerSecond,
    apiRps: api.requestsPerSecond,
    filmBytesPerSecond: Math.max(...speeds),
    filmCpuSecondsPerGb: (processorSeconds(pids()) - cpuBefore) / plan.films,
    latencyP50Ms: quiet.p50Ms,
    latencyP99Ms: quiet.p99Ms,
  };
}

/** What slow readers cost. */
export interface SlowStreams {
  readonly started: number;
  /** Growth of resident memory, by reader, after the ramp and at the end. */
  readonly bytesEachAtFirst: number;
  readonly bytesEachAtLast: number;
  /** Connections the server still has 1 s after all readers left. */
  readonly left: number;
}

/** Lets many slow readers pull a film for some seconds. */
export async function measureSlowStreams(
  subject: Subject,
  count: number,
  seconds: number,
): Promise<SlowStreams> {
  const before = residentBytes(subject.pids());
  const readers = await openSlowReaders(subject.port, count, 4_000);
  await sleep(2_000);
  const first = residentBytes(subject.pids());
  await sleep(seconds * 1000);
  const last = residentBytes(subject.pids());
  const started = readers.started();
  readers.leave();
  await sleep(1_000);
  return {
    started,
    bytesEachAtFirst: (first - before) / count,
    bytesEachAtLast: (last - before) / count,
    left: connectionsOf(subject),
  };
}

/** Established connections to the server's port. */
function connectionsOf({ port }: Subject): number {
  const list = execFileSync('ss', ['-Htn', 'state', 'established', `( sport = :${port} )`], {
    encoding: 'utf8',
  });
  return list.split('\n').filter((line) => line.trim() !== '').length;
}
