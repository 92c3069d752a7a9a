import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { JellyfinVersion } from './versions.ts';
import { clientFiles } from './web-client-files.ts';

/** The files of a web client, as a Jellyfin server has them below /web/. */
export interface WebFiles {
  /** `path` is relative to /web/ and decoded, for example `index.html`; undefined if there is no such file. */
  read(path: string): { bytes: Buffer; modified: Date } | undefined;
}

// Files made in memory have not changed since the fake server's world began.
const MODIFIED = new Date('2026-01-01T00:00:00Z');

/**
 * The web client of a version: the built one in `folder`, or without it our own small client, which has the ids,
 * classes, routes, events, dialogs and calls of the real one (seen on running servers of all five versions).
 */
export function createWebFiles(version: JellyfinVersion, folder?: string): WebFiles {
  return folder === undefined ? memoryFiles(clientFiles(version)) : folderFiles(folder);
}

function memoryFiles(files: ReadonlyMap<string, Buffer>): WebFiles {
  return {
    read(path) {
      const bytes = files.get(path);
      return bytes && { bytes, modified: MODIFIED };
    },
  };
}

function folderFiles(folder: string): WebFiles {
  const root = realpathSync(folder);
  return {
    read(path) {
      const file = join(root, path);
      if (path.includes('\0') || !file.startsWith(root + sep)) return undefined;
      try {
        // A link may lead out of the folder; what counts is where the file really is.
        if (!realpathSync(file).startsWith(root + sep)) return undefined;
        const { mtime } = statSync(file);
        return { bytes: readFileSync(file), modified: mtime };
      } catch {
        return undefined;
      }
    },
  };
}
