import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from './stage.ts';

/** Longest that ending may take before it is done at once. */
const PATIENCE_MS = 3_000;

/** Begins the name of a demo's folder; the number of its process follows. */
const PREFIX = 'gatehouse-demo-';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one, too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Removes the folders of demos that could not do it themselves: those that were killed, or lost power. */
async function removeLeftFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX) || isAlive(Number.parseInt(name.slice(PREFIX.length), 10))) continue;
    // Another user's stays: the system lets nobody else remove it.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What a whole demo writes is in one folder, which is gone when this process is; of one that is killed, with the next demo. */
async function makeFolder(): Promise<string> {
  await removeLeftFolders();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Ends at a signal, at whatever step; `demo` says what runs by then. npm and the terminal both send the one of Ctrl+C. */
function endAtSignals(demo: () => Demo | undefined): void {
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await Promise.race([demo()?.close(), sleep(PATIENCE_MS)]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
}

/** One sentence for whatever kept it from starting. */
async function sentenceOf(error: unknown): Promise<string> {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'ERR_MODULE_NOT_FOUND')
    return `The demo needs what an installation without development dependencies leaves out; run: npm ci (${error.message.split(' imported from', 1)[0]})`;
  if (code !== 'EADDRINUSE') return error.message;
  const { PLACES } = await import('./options.ts');
  const options = Object.values(PLACES).map(({ option }) => option);
  return `Port ${port} was taken in the meantime; start again, or choose ports with ${options.join(', ')} (0 = any free one).`;
}

async function main(): Promise<void> {
  // Loaded here, so that what is not installed is told in a sentence.
  const { HELP, readDemoOptions } = await import('./options.ts');
  const options = readDemoOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const { choosePorts } = await import('./ports.ts');
  const { buildWeb } = await import('../../build/web.ts');
  const { startDemo } = await import('./stage.ts');
  const { printGuide } = await import('./guide.ts');
  const { ports, notes } = await choosePorts(options.ports);
  for (const note of notes) process.stdout.write(`${note}\n`);
  let demo: Demo | undefined;
  endAtSignals(() => demo);
  const folder = await makeFolder();
  process.stdout.write('Building what the browser gets …\n\n');
  await buildWeb(join(folder, 'web'));
  demo = await startDemo(options, ports, folder);
  process.stdout.write(printGuide(demo.guide, join(folder, 'config.yaml'), demo.mailUrl));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${await sentenceOf(error)}\n`);
  process.exit(1);
}
