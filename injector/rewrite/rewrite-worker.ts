import type { OnModFailure } from '../kit/errors.ts';
import { type Outcome, REWRITE_BUDGET_MS, startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import type { Failure, ModdedRoute, Order, Setup } from './worker-protocol.ts';

/** What became of a file. */
export interface Rewritten {
  /** Undefined when the file stays as it is. */
  readonly bytes: Buffer | undefined;
  /** False when a mod was stopped for this file: it is worth another try after `RETRY_AFTER_MS`. */
  readonly isFinal: boolean;
}

/** Lets the mods work on files in a process of their own. */
export interface RewriteWorker {
  /** Rewrites a file; one after the other. @throws {Error} when the process cannot be started. */
  rewrite(order: Omit<Order, 'without'>): Promise<Rewritten>;
  /** Why pages go out without any mod at the moment, in one line; undefined when they do not. */
  problem(): string | undefined;
  /** Ends the process when the files under way are done. Idempotent. */
  close(): void;
}

/** A mod that was stopped so often in a row takes no part in such files until the configuration changes. */
const MAX_STRIKES = 3;
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
  const strikes = new Map<ModdedRoute, Map<string, number>>();
  let starting: Promise<WorkerProcess> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let failed: { readonly error: unknown; readonly atMs: number } | undefined;
  let startingSinceMs: number | undefined;
  let pageProblem: string | undefined;

  async function running(): Promise<WorkerProcess> {
    clearTimeout(idle);
    const child = await starting?.catch(() => undefined);
    if (child?.isAlive) return child;
    if (failed !== undefined && performance.now() - failed.atMs < START_PAUSE_MS) throw failed.error;
    starting = startWorkerProcess(setup);
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

  async function carryOut(order: Omit<Order, 'without'>): Promise<Rewritten> {
    const struck = strikes.get(order.route) ?? new Map<string, number>();
    strikes.set(order.route, struck);
    const without = [...struck].filter(([, count]) => count >= MAX_STRIKES).map(([mod]) => mod);
    let isFinal = true;
    for (;;) {
      const outcome = await (await running()).carryOut({ ...order, without });
      if (outcome.kind === 'done') {
        if (order.route === 'page') pageProblem = outcome.bytes === undefined ? notRead(outcome) : undefined;
        for (const failure of outcome.failures) onFailure(failure);
        // A busy machine was to blame, not the mod.
        for (const mod of struck.keys()) if (!without.includes(mod)) struck.delete(mod);
        return { bytes: outcome.bytes && Buffer.from(outcome.bytes), isFinal };
      }
      const failure = asFailure(outcome, order.route);
      onFailure(failure);
      isFinal = false;
      // The engine itself was at work: the file is to blame, or the machine.
      if (outcome.mod === undefined) return { bytes: undefined, isFinal };
      without.push(outcome.mod);
      struck.set(outcome.mod, (struck.get(outcome.mod) ?? 0) + 1);
    }
  }

  return {
    rewrite(order) {
      const result = last.then(() => carryOut(order)).finally(endWhenIdle);
      last = result.catch(() => undefined);
      return result;
    },
    problem() {
      const forMs = startingSinceMs === undefined ? 0 : performance.now() - startingSinceMs;
      if (forMs > SLOW_START_MS)
        return `the process that runs the mods has been starting for ${Math.round(forMs / 1000)} s; the machine is busy`;
      if (failed !== undefined)
        return `${failed.error instanceof Error ? failed.error.message : String(failed.error)}; it is tried again`;
      return pageProblem;
    },
    close: () => void last.finally(end),
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
