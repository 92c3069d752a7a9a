import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInTurn } from '../http/in-turn.ts';
import type { OnModFailure } from '../kit/mod-failures.ts';
import type { ModdedRoute, RewriteJob } from './rewrite-file.ts';
import type { Failure, FromWorker, Setup, ToWorker } from './worker-main.ts';

/** What became of a file. */
export interface Rewritten {
  /** Undefined when the file stays as it is. */
  readonly bytes: Buffer | undefined;
  /** False when a mod was stopped for this file: it is worth another try after `RETRY_AFTER_MS`. */
  readonly isFinal: boolean;
}

/** Lets the mods work on files in a process of their own. */
export interface RewriteWorker {
  /**
   * Rewrites a file; one after the other.
   *
   * @param absent Ids of entries that take no part. @default none
   * @throws {Error} when the process cannot be started.
   */
  rewrite(job: Omit<RewriteJob, 'without'>, absent?: readonly string[]): Promise<Rewritten>;
  /** Why pages go out without any mod at the moment, in one line; undefined when they do not. */
  problem(): string | undefined;
  /** Ends the process when the files under way are done. Idempotent. */
  close(): void;
}

/** A mod that was stopped so often in a row takes no part in such files until the configuration changes. */
const MAX_FAILED_ATTEMPTS = 3;
/** How long a stopped mod stays out before it is tried again, in milliseconds; a busy machine may be to blame. */
export const RETRY_AFTER_MS = 60_000;
/** How long the process is kept for the next file, in milliseconds. Results are kept, so it is rarely needed. */
const IDLE_MS = 30_000;
/** A start that takes longer than this is told, in milliseconds. */
const SLOW_START_MS = 2_000;
/** How long it is not tried again after it could not be started, in milliseconds. */
const START_PAUSE_MS = 10_000;

/** Makes a worker for one plan. The process starts with the first file. */
export function createRewriteWorker(setup: Setup, onFailure: OnModFailure): RewriteWorker {
  /** By route and mod. */
  const failedAttempts = new Map<ModdedRoute, Map<string, number>>();
  const inTurn = createInTurn();
  let starting: Promise<WorkerProcess> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let failed: { readonly error: unknown; readonly atMs: number } | undefined;
  let startingSinceMs: number | undefined;
  let pageProblem: string | undefined;

  async function running(): Promise<WorkerProcess> {
    clearTimeout(idle);
    const child = await starting?.catch(() => undefined);
    if (child?.isAlive) return child;
    if (failed !== undefined && performance.now() - failed.atMs < START_PAUSE_MS) throw failed.error;
    starting = startWorkerProcess(setup, onFailure);
    startingSinceMs = performance.now();
    try {
      const started = await starting;
      failed = undefined;
      return started;
    } catch (error) {
      failed = { error, atMs: performance.now() };
      throw error;
    } finally {
      startingSinceMs = undefined;
    }
  }

  function endWhenIdle(): void {
    clearTimeout(idle);
    idle = setTimeout(end, IDLE_MS).unref();
  }

  function end(): void {
    clearTimeout(idle);
    void starting?.then(
      (child) => child.kill(),
      () => undefined,
    );
    starting = undefined;
  }

  async function runWithoutStopped(
    job: Omit<RewriteJob, 'without'>,
    absent: readonly string[],
  ): Promise<Rewritten> {
    const attempts = failedAttempts.get(job.route) ?? new Map<string, number>();
    failedAttempts.set(job.route, attempts);
    const stopped = [...attempts].filter(([, count]) => count >= MAX_FAILED_ATTEMPTS).map(([mod]) => mod);
    const without = [...absent, ...stopped];
    let isFinal = true;
    for (;;) {
      const outcome = await (await running()).run({ ...job, without });
      if (outcome.kind === 'done') {
        if (job.route === 'page') pageProblem = outcome.bytes === undefined ? notRead(outcome) : undefined;
        for (const failure of outcome.failures) onFailure(failure);
        // A busy machine was to blame, not the mod.
        for (const mod of attempts.keys()) if (!without.includes(mod)) attempts.delete(mod);
        return { bytes: outcome.bytes && Buffer.from(outcome.bytes), isFinal };
      }
      const failure = asFailure(outcome, job.route);
      onFailure(failure);
      isFinal = false;
      // The engine itself was at work: the file is to blame, or the machine.
      if (outcome.mod === undefined) return { bytes: undefined, isFinal };
      without.push(outcome.mod);
      attempts.set(outcome.mod, (attempts.get(outcome.mod) ?? 0) + 1);
    }
  }

  return {
    rewrite: (job, absent = []) => inTurn(() => runWithoutStopped(job, absent).finally(endWhenIdle)),
    problem() {
      const forMs = startingSinceMs === undefined ? 0 : performance.now() - startingSinceMs;
      if (forMs > SLOW_START_MS)
        return `the process that runs the mods has been starting for ${Math.round(forMs / 1000)} s; the machine is busy`;
      if (failed !== undefined)
        return `${failed.error instanceof Error ? failed.error.message : String(failed.error)}; it is tried again`;
      return pageProblem;
    },
    close: () => void inTurn(async () => end()),
  };
}

/** Why a page came back as it went in. */
function notRead({ failures }: Extract<Outcome, { kind: 'done' }>): string {
  return failures[0] === undefined
    ? 'index.html is not surely UTF-8 by its bytes, its Content-Type and its <meta charset>, and goes out as it is'
    : `index.html goes out as it is: ${failures[0].error}`;
}

function asFailure(outcome: Exclude<Outcome, { kind: 'done' }>, route: string): Failure {
  const what =
    outcome.kind === 'over-time'
      ? `took over ${REWRITE_BUDGET_MS / 1000} s and was stopped`
      : 'ended its process, as too much memory does';
  return { mod: outcome.mod ?? 'gatehouse', hook: outcome.hook ?? route, error: what };
}

/** How a job ended: done, or with the process, in the hook that was running then. */
type Outcome =
  | Extract<FromWorker, { kind: 'done' }>
  | { readonly kind: 'over-time' | 'died'; readonly mod?: string; readonly hook?: string };

/** A running worker process. */
interface WorkerProcess {
  /** Hands a job over; one at a time. Never rejects: the process is ended when it takes too long. */
  run(job: RewriteJob): Promise<Outcome>;
  readonly isAlive: boolean;
  /** Ends the process at once. Idempotent. */
  kill(): void;
}

/** Most memory for the objects of mods and pages, in MiB. A real page needs under 5. */
const HEAP_MEGABYTES = 64;
/**
 * How long the process may take to start and load the mods, in milliseconds; usually 0.3 s, over 15 s where the processor
 * is shared by twenty. Nobody waits as long for a page; what was begun is there for the next one.
 */
const START_BUDGET_MS = 120_000;
/** How long one file may take, all mods together, in milliseconds; usually under 50. */
const REWRITE_BUDGET_MS = 1_000;

/**
 * Starts a worker process. A process and not a worker thread: docs/decisions/2026-11-29-where-mods-run.md.
 *
 * @throws {Error} when it cannot be started, or the mods cannot be loaded.
 */
async function startWorkerProcess(setup: Setup, onFailure: OnModFailure): Promise<WorkerProcess> {
  const file = new URL(`./worker-main${extname(import.meta.url)}`, import.meta.url);
  const child = fork(fileURLToPath(file), [], {
    // No secret of the program's is there for mods to read.
    env: {},
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('error', () => child.kill('SIGKILL'));
  // A program that is done does not wait for its worker.
  child.unref();
  child.channel?.unref();
  for (const failure of await whenReady(child, setup)) onFailure(failure);
  return {
    get isAlive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    run: (job) => runJob(child, job),
    kill: () => void child.kill('SIGKILL'),
  };
}

function send(child: ChildProcess, message: ToWorker): void {
  // Whether it arrived shows in the answer, or in the end of the process.
  child.send(message, () => undefined);
}

function whenReady(child: ChildProcess, setup: Setup): Promise<readonly Failure[]> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the process that runs the mods ${reason}`));
    };
    const timer = setTimeout(() => fail(`did not start in ${START_BUDGET_MS / 1000} s`), START_BUDGET_MS);
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    child.once('exit', () => fail('ended while starting'));
    child.once('message', (message: FromWorker) => {
      if (message.kind !== 'ready')
        return fail(`cannot load the mods${message.kind === 'unusable' ? `: ${message.error}` : ''}`);
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(message.failures);
    });
    send(child, { kind: 'setup', setup });
  });
}

function runJob(child: ChildProcess, job: RewriteJob): Promise<Outcome> {
  return new Promise((resolve) => {
    let progress: { readonly mod?: string; readonly hook?: string } = {};
    let isOverTime = false;
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(outcome);
    };
    const onExit = (): void => finish({ ...progress, kind: isOverTime ? 'over-time' : 'died' });
    const onMessage = (message: FromWorker): void => {
      if (message.kind === 'progress') progress = message;
      if (message.kind === 'done') finish(message);
    };
    const timer = setTimeout(() => {
      isOverTime = true;
      child.kill('SIGKILL');
    }, REWRITE_BUDGET_MS);
    child.on('message', onMessage);
    child.on('exit', onExit);
    send(child, { kind: 'job', job });
  });
}
