/**
 * How the reset service is with a million contacts, in SQLite and in PostgreSQL: `node test/bench/scale/main.ts`. Fills both, asks
 * for the plan of every statement, times each step, drives as many resets as an hour has, as fast as they go, with one process and
 * with three, and removes what is old. Prints one line of JSON for each. Figures of docs/scaling.md.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { type PostgresServer, startPostgres } from '../../support/storage/postgres.ts';
import { percentile } from '../percentile.ts';
import { fillPostgres, fillSqlite, type Size } from './fill.ts';
import { timeRetention, timeSteps } from './lookups.ts';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    history: { type: 'string', default: '300000' },
    resets: { type: 'string', default: '10000' },
    /** `sqlite` or `postgres`; both when it is left out. */
    only: { type: 'string' },
  },
});
const size: Size = { contacts: Number(values.contacts), history: Number(values.history) };
const resets = Number(values.resets);
const WORKER = join(import.meta.dirname, 'reset-worker.ts');

interface WorkerResult {
  readonly seconds: number;
  readonly times: { readonly ask: number[]; readonly whole: number[] };
  readonly statements: number;
  readonly cpuMs: number;
}

/** Starts one and waits until it has opened the storage. */
async function startWorker(location: string, first: number, count: number): Promise<ChildProcess> {
  const child = fork(WORKER, [location, String(first), String(count), String(2 * resets)]);
  await once(child, 'message');
  return child;
}

/** Lets one begin, hands its tokens to all, and answers its figures. */
function run(child: ChildProcess, all: readonly ChildProcess[]): Promise<WorkerResult> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    child.on('message', (message: WorkerResult | { readonly token: string }) => {
      if ('seconds' in message) resolve(message);
      else for (const one of all) one.send(message);
    });
    child.send('go');
  });
}

/** Resets of so many people, shared among processes; each round has people of its own. */
async function driveResets(location: string, processes: number, round: number, server?: PostgresServer) {
  const each = Math.floor(resets / processes);
  const starting = Array.from({ length: processes }, (_, n) => {
    return startWorker(location, round * resets + n * each, each);
  });
  const children = await Promise.all(starting);
  const before = await serverCosts(server);
  const results = await Promise.all(children.map((child) => run(child, children)));
  const after = await serverCosts(server);
  await Promise.all(
    children.map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }),
  );
  const whole = results.flatMap(({ times }) => times.whole);
  const ask = results.flatMap(({ times }) => times.ask);
  const seconds = Math.max(...results.map((result) => result.seconds));
  const statements = results.reduce((all, one) => all + one.statements, 0);
  return {
    processes,
    resets: whole.length,
    perSecond: whole.length / seconds,
    statementsPerReset: statements / whole.length,
    // Of our processes; it says more than the seconds on a machine that does other things, too.
    cpuMsPerReset: results.reduce((all, one) => all + one.cpuMs, 0) / whole.length,
    transactionsPerReset: (after.transactions - before.transactions) / whole.length,
    connections: after.connections,
    askMs: { p50: percentile(ask, 0.5), p99: percentile(ask, 0.99) },
    wholeMs: { p50: percentile(whole, 0.5), p99: percentile(whole, 0.99) },
  };
}

async function serverCosts(server: PostgresServer | undefined) {
  if (server === undefined) return { transactions: 0, connections: 0 };
  const [row] = await server.run(
    `SELECT (SELECT sum(xact_commit) FROM pg_stat_database) AS transactions,
            (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gatehouse') AS connections`,
  );
  return { transactions: Number(row?.['transactions']), connections: Number(row?.['connections']) };
}

function print(what: string, figures: object): void {
  process.stdout.write(`${JSON.stringify({ what, ...figures }, (_, value) => rounded(value))}\n`);
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

async function measure(what: string, location: string, server?: PostgresServer): Promise<void> {
  const storage = await openStorage(location);
  print(`${what}: steps`, await timeSteps(storage, size));
  print(`${what}: resets`, await driveResets(location, 1, 0, server));
  print(`${what}: resets`, await driveResets(location, 3, 1, server));
  print(`${what}: retention`, await timeRetention(storage));
  await storage.close();
}

async function measureSqlite(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-scale-'));
  try {
    const path = join(folder, 'gatehouse.db');
    await (await openStorage(path)).close();
    fillSqlite(path, size);
    print('SQLite: size', { ...size, megabytes: (await stat(path)).size / 2 ** 20 });
    await measure('SQLite', path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measurePostgres(): Promise<void> {
  const server = await startPostgres();
  try {
    await (await openStorage(server.url())).close();
    await fillPostgres(server.url(), size);
    const [row] = await server.run('SELECT pg_database_size(current_database()) AS bytes');
    print('PostgreSQL: size', { ...size, megabytes: Number(row?.['bytes']) / 2 ** 20 });
    await measure('PostgreSQL', server.url(), server);
  } finally {
    await server.close();
  }
}

if (values.only !== 'postgres') await measureSqlite();
if (values.only !== 'sqlite') await measurePostgres();
