import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { systemCode } from '../errors/system-code.ts';

/** A process that has a file open. */
export interface FileHolder {
  readonly pid: number;
  /** Such as `jellyfin`; empty where it cannot be told. */
  readonly name: string;
  /** Whether it is seen to hold SQLite's shared lock on the file, without which nobody else may even look into it. */
  readonly isLocking: boolean;
}

/** Who has a file open, as far as it can be seen. */
export interface FileHolders {
  readonly holders: readonly FileHolder[];
  /** Whether every process of this machine could be looked at. False in a container, and where there is no /proc. */
  readonly isWhole: boolean;
}

/** An open database, as the process that has it calls it: its path may be one inside a container. */
export interface OpenFile {
  readonly pid: number;
  readonly path: string;
  /** Leads to the very file, from everywhere. */
  readonly descriptor: string;
}

/** The process table of the machine itself. Source: Linux, proc_ns.h, PROC_PID_INIT_INO. */
const MACHINE = 'pid:[4026531836]';

/** Bytes that a reader of SQLite locks for as long as it has a database in WAL mode open. Source: SQLite, os_unix.c. */
const SHARED_FIRST = 0x40000002;
const SHARED_LAST = SHARED_FIRST + 510 - 1;

/** Finds files of these names that some process has open. Empty where there is no /proc. */
export async function findOpenFiles(names: readonly string[]): Promise<OpenFile[]> {
  const found: OpenFile[] = [];
  for (const pid of await listProcesses()) {
    for (const { descriptor, link } of await linksOf((await listDescriptors(pid)) ?? []))
      if (names.includes(basename(link))) found.push({ pid, path: link, descriptor });
  }
  return found;
}

/** Whether a process of that name runs; also those of other users are seen, where the system does not hide them. */
export async function isProcessNamed(name: string): Promise<boolean> {
  for (const pid of await listProcesses()) if ((await nameOf(pid)) === name) return true;
  return false;
}

/**
 * Finds who has a file open, and whether they hold a lock on it. A process can have a file open without: closing any other
 * handle of it drops all locks of that process, which is what Jellyfin 10.11 does at each start with migrations. Source: fcntl(2),
 * proc_pid_fdinfo(5); seen on 10.11.11.
 */
export async function findHolders(path: string): Promise<FileHolders> {
  const wanted = await stat(path, { bigint: true });
  const holders: FileHolder[] = [];
  let isWhole = await isWholeMachine();
  for (const pid of await listProcesses()) {
    const descriptors = await listDescriptors(pid);
    const name = await nameOf(pid);
    // What other users run may not be looked at; nobody else's would have the file open, but a Jellyfin.
    if (descriptors === undefined && /jellyfin|dotnet/i.test(name)) isWhole = false;
    let isHolding = false;
    let isLocking = false;
    for (const { descriptor, link } of await linksOf(descriptors ?? [])) {
      if (!link.includes(basename(path))) continue;
      const open = await stat(descriptor, { bigint: true }).catch(() => undefined);
      if (open?.dev !== wanted.dev || open.ino !== wanted.ino) continue;
      isHolding = true;
      isLocking ||= await holdsLock(descriptor.replace('/fd/', '/fdinfo/'));
    }
    if (isHolding) holders.push({ pid, name, isLocking });
  }
  for (const pid of await listLockers(wanted)) {
    if (pid === process.pid || holders.some((holder) => holder.pid === pid)) continue;
    holders.push({ pid, name: await nameOf(pid), isLocking: true });
  }
  return { holders, isWhole };
}

/** Whether the processes here are those of the machine, and all of them (`hidepid` hides those of others). */
async function isWholeMachine(): Promise<boolean> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  const first = await readFile('/proc/1/comm', 'utf8').catch(() => undefined);
  return namespace === MACHINE && first !== undefined;
}

async function listProcesses(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** Paths of what a process has open; undefined when that may not be seen, empty when it is gone. */
async function listDescriptors(pid: number): Promise<string[] | undefined> {
  try {
    return (await readdir(`/proc/${pid}/fd`)).map((name) => `/proc/${pid}/fd/${name}`);
  } catch (error) {
    const isHidden = systemCode(error) === 'EACCES';
    return isHidden ? undefined : [];
  }
}

/** What descriptors lead to. */
async function linksOf(
  descriptors: readonly string[],
): Promise<{ readonly descriptor: string; readonly link: string }[]> {
  return await Promise.all(
    descriptors.map(async (descriptor) => ({
      descriptor,
      link: await readlink(descriptor).catch(() => ''),
    })),
  );
}

async function nameOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

async function holdsLock(fdinfo: string): Promise<boolean> {
  const text = await readFile(fdinfo, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.startsWith('lock:'))
    .some((line) => readLock(line.slice('lock:'.length)) !== undefined);
}

/** Processes in the kernel's list of locks that hold SQLite's on that file, also those of other users. */
async function listLockers({ dev, ino }: { dev: bigint; ino: bigint }): Promise<number[]> {
  const text = await readFile('/proc/locks', 'utf8').catch(() => '');
  const device = `${pad((dev >> 8n) & 0xfffn)}:${pad((dev & 0xffn) | ((dev >> 12n) & 0xfff00n))}:${ino}`;
  return text
    .split('\n')
    .map(readLock)
    .filter((lock) => lock?.file === device && lock.pid > 0)
    .map((lock) => lock?.pid ?? 0);
}

function pad(part: bigint): string {
  return part.toString(16).padStart(2, '0');
}

/** Reads a line such as `1: POSIX  ADVISORY  READ 123 fe:00:456 1073741826 1073742335`; undefined unless it covers SQLite's bytes. */
function readLock(line: string): { readonly pid: number; readonly file: string } | undefined {
  const [, , , kind, pid, file, first, last] = line.trim().split(/\s+/);
  if (kind !== 'READ' && kind !== 'WRITE') return undefined;
  const isCovering = Number(first) <= SHARED_FIRST && (last === 'EOF' || Number(last) >= SHARED_LAST);
  return isCovering && file !== undefined ? { pid: Number(pid), file } : undefined;
}
