import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInjector } from '../../../injector/create-injector.ts';
import type { LogEntry } from '../../../injector/kit/log.ts';
import { modList } from '../mods/mod-list.ts';
import { listen } from '../network/listen.ts';

/*
 * The injector as its own process, which nothing else burdens: `injector-child.ts UPSTREAM_PORT`, started by
 * `child_process.fork`. It tells its port, and on each message how long its event loop stood still since the last.
 */

/** How often the loop is looked at, in milliseconds. */
const LOOK_MS = 5;

/** What it says of itself. */
export interface ChildReport {
  readonly port: number;
  /** Longest time for which no timer was run, in milliseconds, whoever had the processor. */
  readonly mostDelayMs: number;
  /** Most time of the processor that the thread of the event loop took in one turn of it, in milliseconds. */
  readonly mostTurnMs: number;
  /** Errors that it logged, and those that nobody caught. */
  readonly errors: readonly string[];
}

const errors: string[] = [];
process.on('uncaughtException', (error) => errors.push(`uncaught ${error.stack}`));
process.on('unhandledRejection', (error) => errors.push(`unhandled ${String(error)}`));
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (entry: LogEntry) => void errors.push(JSON.stringify(entry)),
};
const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
const jellyfinUrl = `http://127.0.0.1:${process.argv[2]}`;
await injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods: {} }, undefined);
const port = await listen(injector.server);

const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
delay.enable();
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
let mostTurnMs = 0;
let before = threadMs();
// A timer that is due is run in each turn: between two of them lies one turn, and what other processes take is not in it.
setInterval(() => {
  const now = threadMs();
  mostTurnMs = Math.max(mostTurnMs, now - before);
  before = now;
}, LOOK_MS);

function report(): void {
  const found: ChildReport = { port, mostDelayMs: delay.max / 1e6, mostTurnMs, errors: errors.splice(0) };
  delay.reset();
  mostTurnMs = 0;
  process.send?.(found);
}
process.on('message', report);
process.on('disconnect', () => process.exit());
report();
