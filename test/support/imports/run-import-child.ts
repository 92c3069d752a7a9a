import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ImportCounts } from '../../../server/admin/import-contacts.ts';

const CHILD = join(import.meta.dirname, 'import-child.ts');

/** What a process that imports says of itself. */
export interface ImportStep {
  readonly rows: number;
  readonly seconds: number;
  /** Of the processor, its start included: it says more than the others on a machine that does other things, too. */
  readonly cpuSeconds: number;
  /** In bytes, after a collection. */
  readonly heapUsed: number;
  readonly rss: number;
  /** Only at the end. */
  readonly counts?: ImportCounts;
}

/**
 * Imports generated people in a process of its own; see `import-child.ts`.
 *
 * @param killAt Kills it, as a power cut does, when it has told of so many rows. @default never
 * @returns what it said.
 * @throws {Error} when it ends otherwise.
 */
export async function runImportChild(
  { location, rows, known }: { readonly location: string; readonly rows: number; readonly known: number },
  killAt = Number.POSITIVE_INFINITY,
): Promise<readonly ImportStep[]> {
  const child = fork(CHILD, [location, String(rows), String(known)], { execArgv: ['--expose-gc'] });
  const steps: ImportStep[] = [];
  child.on('message', (step: ImportStep) => {
    steps.push(step);
    if (step.rows >= killAt) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0 && !(signal === 'SIGKILL' && killAt < Number.POSITIVE_INFINITY))
    throw new Error(`the import ended with ${code ?? signal}`);
  return steps;
}
