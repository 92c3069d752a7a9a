import { basename } from 'node:path';
import { watch } from 'chokidar';
import { isPinFileName } from './pin-file.ts';

/** Pause between two looks where the system tells nothing, in milliseconds. */
export const POLL_MS = 5_000;

/** What watching needs. */
export interface WatchParts {
  /** Jellyfin's data folder. It must be there. */
  readonly folder: string;
  /** Looks again and again: on network shares no news of what others write arrives. */
  readonly isPolling: boolean;
  /** Default 5,000. */
  readonly pollMs?: number;
  /** A file is there at the beginning, is new, was written to, or was renamed to this path. */
  readonly onFile: (path: string) => void;
  readonly onGone: (path: string) => void;
  /** Watching has begun; what came while it did may have been missed. */
  readonly onBegun: () => void;
  /** Watching ended: the folder is gone, or the system has no more room for watchers. */
  readonly onFailure: (error: unknown) => void;
}

/** Watches Jellyfin's data folder for PIN files, and for nothing else in it; it can be large. */
export function watchPinFiles(parts: WatchParts): { close(): Promise<void> } {
  const { folder, isPolling, onBegun, onFailure, onFile, onGone, pollMs = POLL_MS } = parts;
  const watcher = watch(folder, {
    depth: 0,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (path) => path !== folder && !isPinFileName(basename(path)),
    interval: pollMs,
    usePolling: isPolling,
  });
  watcher.on('add', onFile);
  watcher.on('change', onFile);
  watcher.on('unlink', onGone);
  watcher.on('unlinkDir', (path) => {
    if (path === folder) onFailure(new Error(`${folder} is gone`));
  });
  watcher.on('error', onFailure);
  watcher.on('ready', onBegun);
  return { close: () => watcher.close() };
}
