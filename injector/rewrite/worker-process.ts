import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromWorker, Order, Setup, ToWorker } from './worker-protocol.ts';

/** How an order ended: done, or with the process, in the hook that was running then. */
export type Outcome =
  | Extract<FromWorker, { kind: 'done' }>
  | { readonly kind: 'over-time' | 'died'; readonly mod?: string; readonly hook?: string };

/** A running worker process. */
export interface WorkerProcess {
  /** Hands an order over; one at a time. Never rejects: the process is ended when it takes too long. */
  carryOut(order: Order): Promise<Outcome>;
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
export const REWRITE_BUDGET_MS = 1_000;

/**
 * Starts a worker process. A process and not a worker thread: a thread that asks for too large a string or array takes
 * the whole program with it, and keeps some 20 MB when it has ended.
 *
 * @throws {Error} when it cannot be started, or the mods cannot be loaded.
 */
export async function startWorkerProcess(setup: Setup): Promise<WorkerProcess> {
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
  await whenReady(child, setup);
  return {
    get isAlive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    carryOut: (order) => carryOut(child, order),
    kill: () => void child.kill('SIGKILL'),
  };
}

function send(child: ChildProcess, message: ToWorker): void {
  // Whether it arrived shows in the answer, or in the end of the process.
  child.send(message, () => undefined);
}

function whenReady(child: ChildProcess, setup: Setup): Promise<void> {
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
      if (message.kind === 'unusable') return fail(`cannot load the mods: ${message.error}`);
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
    send(child, { kind: 'setup', setup });
  });
}

function carryOut(child: ChildProcess, order: Order): Promise<Outcome> {
  return new Promise((resolve) => {
    let stage: { readonly mod?: string; readonly hook?: string } = {};
    let isOverTime = false;
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(outcome);
    };
    const onExit = (): void => finish({ ...stage, kind: isOverTime ? 'over-time' : 'died' });
    const onMessage = (message: FromWorker): void => {
      if (message.kind === 'stage') stage = message;
      if (message.kind === 'done') finish(message);
    };
    const timer = setTimeout(() => {
      isOverTime = true;
      child.kill('SIGKILL');
    }, REWRITE_BUDGET_MS);
    child.on('message', onMessage);
    child.on('exit', onExit);
    send(child, { kind: 'order', order });
  });
}
