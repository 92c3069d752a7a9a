import { extname } from 'node:path';
import { carriedMod } from '../kit/data-mod.ts';
import type { Hooks, Mod } from '../kit/define-mod.ts';
import { modNameOf } from '../kit/entries.ts';
import { createFiles, type ServedFiles } from '../kit/file-option.ts';
import { collectFileChanges, type FileChanges } from '../kit/plan.ts';
import { type RewriteJob, rewriteFile } from './rewrite-file.ts';

/*
 * The process in which mods run; `rewrite-worker.ts` starts, watches and ends it. It ends by itself when the program is
 * gone, since nothing but the channel keeps it alive. What is exported is types: whoever loads this file becomes the worker.
 */

/** What a worker process is told first. Hooks are functions and cannot be sent: it asks the mods for them once. */
export interface Setup {
  /** Address of the folder with a folder for each mod, with a slash at the end, or of a module that exports them as `MODS`. */
  readonly modsUrl: string;
  /**
   * The mods that take part, in their order, as the plan has decided; nothing else of the plan is made again. Options of a
   * mod that is in no list carry it.
   */
  readonly takingPart: readonly { readonly mod: string; readonly options: unknown }[];
  /** What became of files that options name. */
  readonly files: ServedFiles;
}

/** A part of a mod that failed, with the error in words. */
export interface Failure {
  readonly mod: string;
  readonly hook: string;
  readonly error: string;
}

/** From the program to the worker process. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: Setup }
  | { readonly kind: 'job'; readonly job: RewriteJob };

/** From the worker process to the program. */
export type FromWorker =
  /** Mods whose hooks cannot be had here are left out. */
  | { readonly kind: 'ready'; readonly failures: readonly Failure[] }
  | { readonly kind: 'unusable'; readonly error: string }
  /** A mod's hook begins; without a mod: it has ended, and the engine goes on. */
  | { readonly kind: 'progress'; readonly mod?: string; readonly hook?: string }
  /** Without bytes: the file stays as it is. */
  | { readonly kind: 'done'; readonly bytes?: Uint8Array; readonly failures: readonly Failure[] };

let changes: FileChanges | undefined;

const send = (message: FromWorker): void => void process.send?.(message);

async function prepare({ modsUrl, takingPart, files: served }: Setup): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  const files = createFiles(served);
  const hooks: { mod: string; hooks: Hooks }[] = [];
  const find = await openMods(modsUrl);
  for (const { mod: id, options } of takingPart) {
    try {
      const mod = carriedMod(options) ?? (await find(modNameOf(id)));
      if (mod === undefined) throw new Error(`is not in ${modsUrl}`);
      hooks.push({ mod: id, hooks: mod.hooks(options, files) });
    } catch (error) {
      failures.push({ mod: id, hook: 'hooks', error: String(error) });
    }
  }
  changes = collectFileChanges(hooks);
  return failures;
}

/** Finds mods by name: in a folder each in its own, so that no other is loaded, or in the list that a module exports. */
async function openMods(modsUrl: string): Promise<(name: string) => Promise<Mod | undefined>> {
  if (modsUrl.endsWith('/')) {
    return async (name) => {
      const found = (await import(`${modsUrl}${name}/mod${extname(import.meta.url)}`)) as Record<
        string,
        Partial<Mod>
      >;
      return Object.values(found).find((one) => one.name === name) as Mod | undefined;
    };
  }
  const { MODS } = (await import(modsUrl)) as { MODS: readonly Mod[] };
  return async (name) => MODS.find((candidate) => candidate.name === name);
}

function run(job: RewriteJob, by: FileChanges): FromWorker {
  const failures: Failure[] = [];
  try {
    const bytes = rewriteFile(
      by,
      job,
      (mod, hook) => {
        send({
          kind: 'progress',
          ...(mod === undefined ? {} : { mod }),
          ...(hook === undefined ? {} : { hook }),
        });
      },
      ({ mod, hook, error }) => failures.push({ mod, hook, error: String(error) }),
    );
    return { kind: 'done', failures, ...(bytes === undefined ? {} : { bytes }) };
  } catch (error) {
    // The engine itself gave up, e.g. at tags nested a million deep: no mod is to blame.
    failures.push({ mod: 'gatehouse', hook: job.route, error: String(error) });
    return { kind: 'done', failures };
  }
}

// Ctrl+C and a service manager tell the whole group to end; pages are still asked for then, and the program ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

process.on('message', (message: ToWorker) => {
  if (message.kind === 'job' && changes !== undefined) send(run(message.job, changes));
  if (message.kind !== 'setup') return;
  prepare(message.setup).then(
    (failures) => send({ kind: 'ready', failures }),
    (error: unknown) => send({ kind: 'unusable', error: String(error) }),
  );
});
