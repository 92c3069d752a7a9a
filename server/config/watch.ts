import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { DATA_MODS_FOLDER } from '../../injector/kit/data-mod-schema.ts';
import { createReload, type ReloadOptions } from './reload.ts';

/** What keeps the configuration in force up to date. */
export interface WatchOptions extends ReloadOptions {
  /** Where SIGHUP comes from; default `process`. */
  readonly signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  /** How long the file must be still before it is read, so that half a file is not; default 120 ms. */
  readonly quietMs?: number;
}

/** A watch that can be ended. */
export interface ConfigWatch {
  /** Ends it; when the promise resolves, nothing is applied any more. Idempotent. */
  close(): Promise<void>;
}

/** The link Kubernetes swaps to change all files of a folder at once. Source: kubelet, AtomicWriter. */
const KUBERNETES_LINK = '..data';

/** How deep below the folder of mods changes are seen. */
const MODS_DEPTH = 4;

/**
 * Reloads the configuration within a second after its file changes (written in place, replaced by an editor, or by a
 * swap of symbolic links), or `mods.lock.yaml` or something in the folder of mods beside it, and at once on SIGHUP, which also
 * reads files named by `*_FILE` again.
 * Resolves when it watches; never rejects later. What `createReload` promises holds here.
 */
export async function watchConfig(options: WatchOptions): Promise<ConfigWatch> {
  const { config, log, signals = process, quietMs = 120 } = options;
  const reload = createReload(options);
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let lastReload = Promise.resolve();

  const reloadNow = () => {
    clearTimeout(timer);
    if (!isClosed) lastReload = reload();
  };
  const reloadWhenQuiet = () => {
    clearTimeout(timer);
    timer = setTimeout(reloadNow, quietMs);
  };

  // The folders are watched, not the file alone: a file that is replaced is another file to the system.
  const files = [...filesBehind(config.file), ...filesBehind(config.files.lockFile)];
  const folders = new Set(files.map((file) => dirname(file)));
  const modsFolder = join(dirname(config.file), DATA_MODS_FOLDER);
  const isOurs = (path: string) =>
    files.includes(path) || basename(path) === KUBERNETES_LINK || isInMods(modsFolder, path);
  const watcher = watchFiles([...folders], {
    depth: MODS_DEPTH + 1,
    // A link is seen as itself, so that its swap is a change; what it leads to is watched in its own folder.
    followSymlinks: false,
    ignoreInitial: true,
    ignored: (path) => !folders.has(path) && !isOurs(path),
  });
  watcher.on('all', (_event, path) => {
    if (isOurs(path)) reloadWhenQuiet();
  });
  watcher.on('error', (error) => {
    const detail = error instanceof Error ? error.message : String(error);
    log.warn(
      { event: 'config-watch-failed', detail },
      'changes of the file may go unseen; send SIGHUP to reload',
    );
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  signals.on('SIGHUP', reloadNow);
  // The file may have changed between the start of the program and now.
  reloadWhenQuiet();

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      signals.off('SIGHUP', reloadNow);
      await Promise.all([watcher.close(), lastReload]);
    },
  };
}

function isInMods(modsFolder: string, path: string): boolean {
  if (path === modsFolder) return true;
  if (!path.startsWith(`${modsFolder}${sep}`)) return false;
  const parts = relative(modsFolder, path).split(sep);
  return (
    parts.length <= MODS_DEPTH && parts.every((part) => !part.startsWith('.') && part !== 'node_modules')
  );
}

/** The file as named, in its real folder, and the one its symbolic links lead to; fewer where it is not there yet. */
function filesBehind(file: string): string[] {
  const real = (path: string): string | undefined => {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  };
  const folder = real(dirname(file));
  const all = [file, folder && join(folder, basename(file)), real(file)];
  return [...new Set(all.filter((path) => path !== undefined))];
}
