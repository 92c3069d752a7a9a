import { fork, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/*
 * What it costs to run mods on the program's own thread, on a worker thread, and in a process; and what a worker thread
 * does with each kind of bad mod. The figures of docs/decisions/2026-11-29-where-mods-run.md are from here:
 * `node --expose-gc test/bench/where-mods-run.ts`.
 */

const url = (file: string): string => new URL(`../../injector/${file}`, import.meta.url).href;
const SETUP = {
  modsUrl: url('mods/all.ts'),
  files: {},
  takingPart: [
    { mod: 'login-notice', options: { text: 'Hello' } },
    { mod: 'page-title', options: { title: 'Films' } },
  ],
};
const JOB = {
  route: 'page' as const,
  bytes: Buffer.from(
    `<html><head><title>Jellyfin</title></head><body>${'<div class="a">x</div>'.repeat(800)}</body></html>`,
  ),
  contentType: 'text/html; charset=utf-8',
  extras: {},
  without: [],
};
const PAGES = 20;

/** Memory of a process in MB: all of it, and what would be free if it ended. Source: Linux, proc(5), smaps_rollup. */
function memoryOf(pid: number | undefined): { resident: number; own: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kB = (name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.match(/\d+/)?.[0],
    );
  return {
    resident: Math.round(kB('Rss') / 1024),
    own: Math.round((kB('Private_Dirty') + kB('Private_Clean')) / 1024),
  };
}

async function rest(): Promise<void> {
  (globalThis as { gc?: () => void }).gc?.();
  await wait(300);
}

/** The part that runs the mods: `rewrite` takes a page; `end` gives back what can be given back. */
interface Place {
  readonly pid?: number | undefined;
  rewrite(): Promise<unknown>;
  end(): unknown;
}

const OPEN: Readonly<Record<string, () => Promise<Place>>> = {
  async main() {
    const { collectFileChanges } = await import('../../injector/kit/plan.ts');
    const { createFiles } = await import('../../injector/kit/file-option.ts');
    const { rewriteFile } = await import('../../injector/rewrite/rewrite-file.ts');
    const { MODS } = await import('../../injector/mods/all.ts');
    const hooks = SETUP.takingPart.flatMap(({ mod, options }) =>
      MODS.filter(({ name }) => name === mod).map((found) => ({
        mod,
        hooks: found.hooks(options, createFiles({})),
      })),
    );
    const changes = collectFileChanges(hooks);
    const nothing = (): void => undefined;
    return { rewrite: async () => rewriteFile(changes, JOB, nothing, nothing), end: nothing };
  },
  async thread() {
    const code = `(async () => {
      const { collectFileChanges } = await import(${JSON.stringify(url('kit/plan.ts'))});
      const { rewriteFile } = await import(${JSON.stringify(url('rewrite/rewrite-file.ts'))});
      const { parentPort, workerData } = await import('node:worker_threads');
      const { MODS } = await import(workerData.modsUrl);
      const hooks = workerData.takingPart.map(({ mod, options }) =>
        ({ mod, hooks: MODS.find(({ name }) => name === mod).hooks(options) }));
      const changes = collectFileChanges(hooks);
      parentPort.on('message', (job) => parentPort.postMessage(rewriteFile(changes, job, () => {}, () => {})));
      parentPort.postMessage('ready');
    })()`;
    const worker = new Worker(code, {
      eval: true,
      workerData: SETUP,
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    });
    const answer = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve));
    await answer();
    const rewrite = (): Promise<unknown> => {
      worker.postMessage(JOB);
      return answer();
    };
    return { rewrite, end: () => worker.terminate() };
  },
  async process() {
    const child = fork(fileURLToPath(url('rewrite/worker-main.ts')), [], {
      env: {},
      execArgv: ['--max-old-space-size=64'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const answer = (): Promise<unknown> =>
      new Promise((resolve) => {
        const hear = (message: { readonly kind: string }): void => {
          if (message.kind === 'progress') return;
          child.off('message', hear);
          resolve(message);
        };
        child.on('message', hear);
      });
    child.send({ kind: 'setup', setup: SETUP });
    await answer();
    const rewrite = (): Promise<unknown> => {
      child.send({ kind: 'job', job: JOB });
      return answer();
    };
    return { pid: child.pid, rewrite, end: () => child.kill('SIGKILL') };
  },
};

/** What a mod may do wrong, as code for a worker thread. */
const BAD: Readonly<Record<string, string>> = {
  'loops for ever': 'for (;;);',
  'backtracks for ever': '/^(a+)+$/.test("a".repeat(50) + "b")',
  'fills the heap': 'const all = []; for (;;) all.push({ at: all.length });',
  'makes one text of 512 MB': 'Buffer.from("x".repeat(2 ** 29 - 24)).toString();',
  'makes one list of 1 GB': 'new Array(2 ** 27).fill(1.5).map((x) => x * 2);',
  'ends the process': 'process.exit(0);',
};

async function measure(kind: string): Promise<void> {
  // What the program has anyway: its HTTP client, and the mods' options for the configuration.
  await import('../../injector/upstream/http-client.ts');
  await import('../../injector/mods/all.ts');
  await rest();
  const before = memoryOf(process.pid);
  const beganAt = performance.now();
  const place = await OPEN[kind]?.();
  const ready = performance.now();
  await place?.rewrite();
  const first = performance.now();
  for (let page = 0; page < PAGES; page += 1) await place?.rewrite();
  const last = performance.now();
  await rest();
  const during = memoryOf(process.pid);
  const child = place?.pid === undefined ? undefined : memoryOf(place.pid);
  await place?.end();
  await rest();
  const figures = {
    startMs: Math.round(ready - beganAt),
    firstPageMs: Math.round(first - ready),
    nextPageMs: Math.round((last - first) / PAGES),
    program: {
      more: during.resident - before.resident,
      stays: memoryOf(process.pid).resident - before.resident,
    },
    ...(child === undefined ? {} : { child }),
  };
  process.stdout.write(`${kind}: ${JSON.stringify(figures)}\n`);
  process.exit(0);
}

/** Runs a bad mod on a thread for 3 s, then ends the thread. That this returns at all is what is shown. */
async function misbehave(what: string): Promise<void> {
  const worker = new Worker(BAD[what] ?? '', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } });
  worker.on('error', () => undefined);
  await wait(3_000);
  await worker.terminate();
  process.exit(0);
}

const [kind, name = ''] = process.argv.slice(2);
if (kind === 'measure') await measure(name);
else if (kind === 'misbehave') await misbehave(name);
else {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ['--expose-gc', import.meta.filename, ...words], { encoding: 'utf8' });
  for (const place of Object.keys(OPEN)) process.stdout.write(run('measure', place).stdout);
  for (const what of Object.keys(BAD)) {
    const { status, signal } = run('misbehave', what);
    process.stdout.write(
      `a thread that ${what}: ${status === 0 ? 'the program goes on' : `the program ended (${signal ?? status})`}\n`,
    );
  }
}
