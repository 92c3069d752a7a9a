import { readFile, realpath, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { OpenFile } from './process-table.ts';

/** A line of `mountinfo`. */
interface Mount {
  /** Of the file system, as `8:1`. */
  readonly device: string;
  /** What of the file system is mounted. */
  readonly root: string;
  readonly point: string;
}

/**
 * Finds the path from here to a file that a process has open, which in a container has another name than on the machine. The
 * path is only answered if it leads to the very file.
 *
 * @returns Undefined when there is none, as for a volume that is mounted in the container alone.
 * Source: proc_pid_mountinfo(5). Going by `/proc/PID/root` would not do: SQLite follows that link to our own root.
 */
export async function hostPathOf({ pid, path, descriptor }: OpenFile): Promise<string | undefined> {
  if (await isSameFile(path, descriptor)) return await realpath(path);
  const [theirs, ours] = await Promise.all([readMounts(pid), readMounts('self')]);
  const inside = findMount(theirs, path);
  if (inside === undefined) return undefined;
  const onDisk = posix.join(inside.root, posix.relative(inside.point, path));
  for (const { device, root, point } of ours) {
    if (device !== inside.device || !isWithin(onDisk, root)) continue;
    const candidate = posix.join(point, posix.relative(root, onDisk));
    if (await isSameFile(candidate, descriptor)) return await realpath(candidate);
  }
  return undefined;
}

async function readMounts(pid: number | 'self'): Promise<readonly Mount[]> {
  const text = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [, , device, root, point] = line.split(' ');
    if (device === undefined || root === undefined || point === undefined) return [];
    return [{ device, root: unescaped(root), point: unescaped(point) }];
  });
}

/** Blanks and the like stand there as `\040`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The mount that a path is on: of those it is below, the one mounted deepest, and of several there the last. */
function findMount(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts
    .filter(({ point }) => isWithin(path, point))
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best),
      undefined,
    );
}

function isWithin(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

async function isSameFile(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all(
    [path, other].map((name) => stat(name, { bigint: true }).catch(() => undefined)),
  );
  return one !== undefined && one.dev === two?.dev && one.ino === two.ino;
}
