import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { processorSeconds } from './process-cost.ts';
import { CHUNK, FILM_BYTES } from './reference-nginx.ts';
import type { Pair } from './results.ts';
import { load } from './wrk.ts';

const run = promisify(execFile);

/** A server under measurement: nginx, Gatehouse, or what stands behind both. */
export interface Subject {
  readonly name: 'nginx' | 'gatehouse' | 'upstream';
  readonly port: number;
  pids(): readonly number[];
}

/** What pairs were measured of: rates in requests or bytes a second, costs in seconds of processor time. */
export interface Pairs {
  readonly page: Pair[];
  /** A script of the web client: as a browser asks for it, and as one that reloads by force, for which Jellyfin is asked. */
  readonly script: Pair[];
  readonly reloaded: Pair[];
  readonly api: Pair[];
  readonly apiCpu: Pair[];
  readonly filmSpeed: Pair[];
  readonly filmCpu: Pair[];
  /** Over what the upstream itself takes, in milliseconds. */
  readonly addedP50: Pair[];
  readonly addedP99: Pair[];
}

/** What a thousand slow readers cost in a process that served nobody else before, each number by reader. */
export interface SlowRound {
  /** Resident memory over that before they came, in kB. */
  readonly heldKilobytes: number;
  /** What of it came while nothing changed, in kB. */
  readonly grownKilobytes: number;
  /** What as many cost more that come when the first have left, in kB: what was not given back. */
  readonly againKilobytes: number;
  /** Connections on either side 1 s after all left, over those before they came; not by reader. */
  readonly left: number;
}

/** Everything that was measured of the proxy; one entry a round. */
export interface ProxyRounds {
  readonly pairs: Pairs;
  readonly slow: Readonly<Record<'length' | 'chunked', Pair<SlowRound>[]>>;
  readonly starts: { readonly startMs: number; readonly idleBytes: number }[];
}

/** How long each load runs. */
export interface Plan {
  readonly seconds: number;
  readonly films: number;
}

/** Fills both, and lets both load what they load when they are first used. */
export async function warmUp(subjects: readonly Subject[]): Promise<void> {
  for (const { port } of subjects) {
    await load(`http://127.0.0.1:${port}/System/Info/Public`, 32, 2);
    await load(`http://127.0.0.1:${port}/web/index.html`, 32, 2, ['Accept-Encoding: gzip']);
    await load(`http://127.0.0.1:${port}${CHUNK}`, 32, 2, ['Accept-Encoding: gzip']);
  }
}

/**
 * Measures one round: each load on one server and at once on the other, so that a busy moment of the machine hits a pair
 * or none. Throws when an answer failed, since a fast failure is no speed.
 *
 * @param order Who is first; turned round after each round.
 */
export async function measureRound(
  upstream: Subject,
  order: readonly Subject[],
  plan: Plan,
  pairs: Pairs,
): Promise<void> {
  const page = await inPair(order, ({ name, port }) => measureLoad(name, port, '/web/index.html', 32, plan));
  const script = await inPair(order, ({ name, port }) => measureLoad(name, port, CHUNK, 32, plan));
  const reloaded = await inPair(order, ({ name, port }) =>
    measureLoad(name, port, CHUNK, 32, plan, ['Cache-Control: no-cache']),
  );
  const api = await inPair(order, async ({ name, port, pids }) => {
    const before = processorSeconds(pids());
    const { requestsPerSecond } = await measureLoad(name, port, '/System/Info/Public', 32, plan);
    const spent = processorSeconds(pids()) - before;
    return { requestsPerSecond, each: spent / (requestsPerSecond * plan.seconds) };
  });
  const base = await measureLoad('upstream', upstream.port, '/System/Info/Public', 1, plan);
  const quiet = await inPair(order, ({ name, port }) =>
    measureLoad(name, port, '/System/Info/Public', 1, plan),
  );
  pairs.page.push(of(page, (one) => one.requestsPerSecond));
  pairs.script.push(of(script, (one) => one.requestsPerSecond));
  pairs.reloaded.push(of(reloaded, (one) => one.requestsPerSecond));
  pairs.api.push(of(api, (one) => one.requestsPerSecond));
  pairs.apiCpu.push(of(api, (one) => one.each));
  pairs.addedP50.push(of(quiet, (one) => one.p50Ms - base.p50Ms));
  pairs.addedP99.push(of(quiet, (one) => one.p99Ms - base.p99Ms));
  for (let n = 0; n < plan.films; n += 1) {
    const film = await inPair(order, measureFilm);
    pairs.filmSpeed.push(of(film, (one) => one.speed));
    pairs.filmCpu.push(of(film, (one) => one.spent));
  }
}

async function inPair<Value>(
  order: readonly Subject[],
  measure: (subject: Subject) => Promise<Value>,
): Promise<Pair<Value>> {
  const found = new Map<string, Value>();
  for (const subject of order) found.set(subject.name, await measure(subject));
  return { nginx: found.get('nginx') as Value, gatehouse: found.get('gatehouse') as Value };
}

function of<Value>({ nginx, gatehouse }: Pair<Value>, take: (one: Value) => number): Pair {
  return { nginx: take(nginx), gatehouse: take(gatehouse) };
}

/** Loads one path, as a browser that takes gzip. @throws {Error} when an answer failed. */
export async function measureLoad(
  name: string,
  port: number,
  path: string,
  connections: number,
  plan: Plan,
  headers: readonly string[] = [],
) {
  const found = await load(`http://127.0.0.1:${port}${path}`, connections, plan.seconds, [
    'Accept-Encoding: gzip',
    ...headers,
  ]);
  if (found.failures > 0) throw new Error(`${name} failed ${found.failures} times under load: ${path}`);
  return found;
}

/** Fetches the film once: bytes a second, and seconds of processor time. @throws {Error} when it was cut off. */
export async function measureFilm({
  port,
  pids,
}: Pick<Subject, 'port' | 'pids'>): Promise<{ speed: number; spent: number }> {
  const url = `http://127.0.0.1:${port}/film`;
  const before = processorSeconds(pids());
  const { stdout } = await run('curl', [
    ...['-s', '-o', '/dev/null', '-w', '%{speed_download} %{size_download}', url],
  ]);
  const [speed = '0', size = '0'] = stdout.split(' ');
  if (Number(size) !== FILM_BYTES) throw new Error(`${url} was cut off`);
  return { speed: Number(speed), spent: processorSeconds(pids()) - before };
}
