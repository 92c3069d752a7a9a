import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../../injector/admission/limits.ts';
import { type Finding, fine, warning } from './finding.ts';

/** Descriptors beside connections: database, files of the web client, log, worker. */
const OTHER_FILES = 200;

/** A film takes a connection on either side. Below what a household and its guests need, people are turned away. */
const FEW_FILES = 1_024;

/** What Gatehouse takes with all mods, both halves and some hundred people, in bytes. */
const NEEDED_BYTES = 256 * 1024 * 1024;

const MIB = 1024 * 1024;

/** Reads a file of the kernel's; undefined where there is none. For tests. */
export type ReadKernelFile = (path: string) => Promise<string | undefined>;

const readKernelFile: ReadKernelFile = (path) => readFile(path, 'utf8').catch(() => undefined);

/**
 * Looks at what this machine, or this container, gives a process: open files and memory. Doctor sees its own limits, which are
 * those of the service where it runs in the same container; nothing on a system that does not tell. Never rejects.
 */
export async function checkMachine(read: ReadKernelFile = readKernelFile): Promise<Finding[]> {
  const found = [explainFiles(await read('/proc/self/limits')), explainMemory(await readMemoryLimit(read))];
  return found.filter((finding) => finding !== undefined);
}

/** Source: proc_pid_limits(5). Node raises the soft limit to the hard one when it starts. */
function explainFiles(text: string | undefined): Finding | undefined {
  const name = 'open-files';
  const hard = /^Max open files +\S+ +(\d+|unlimited)/m.exec(text ?? '')?.[1];
  if (hard === undefined) return undefined;
  const most = hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
  const room = Math.max(0, Math.floor((most - OTHER_FILES) / 2));
  if (most < FEW_FILES) {
    const says = `A process may open ${hard} files here, enough for some ${room} connections: whoever comes after them is turned away, with films under way.`;
    return warning(
      name,
      says,
      'systemd: LimitNOFILE=65536 in the unit; Docker: --ulimit nofile=65536, or ulimits in Compose; else ulimit -n 65536 before the start.',
    );
  }
  const enough =
    room >= LIMITS.connections ? `the ${LIMITS.connections} connections it takes` : `${room} connections`;
  return fine(name, `A process may open ${hard} files here, enough for ${enough}.`);
}

function explainMemory(limit: number | undefined): Finding | undefined {
  const name = 'memory';
  if (limit === undefined) return undefined;
  const amount = `${Math.floor(limit / MIB)} MB`;
  if (limit >= NEEDED_BYTES) return fine(name, `Gatehouse may take ${amount} of memory here.`);
  const says = `Gatehouse may take ${amount} of memory here: with many people at once the system ends it, and everybody is cut off until it has started again.`;
  return warning(
    name,
    says,
    `Give it ${NEEDED_BYTES / MIB} MB: MemoryMax of the unit, or mem_limit (deploy.resources.limits.memory) in Compose.`,
  );
}

/**
 * The smallest limit of the groups this process is in, in bytes; undefined for none.
 * Source: kernel.org, cgroup-v2 ("memory.max"), cgroup-v1/memory ("memory.limit_in_bytes").
 */
async function readMemoryLimit(read: ReadKernelFile): Promise<number | undefined> {
  const groups = (await read('/proc/self/cgroup')) ?? '';
  const lines = groups.split('\n').map((line) => line.split(':'));
  const pathOf = (line: string[] | undefined) => line?.slice(2).join(':');
  const own = pathOf(lines.find(([id, controllers]) => id === '0' && controllers === ''));
  const old = pathOf(lines.find(([, controllers]) => controllers?.split(',').includes('memory')));
  const files = [
    ...parentsOf(own).map((group) => join('/sys/fs/cgroup', group, 'memory.max')),
    ...parentsOf(old).map((group) => join('/sys/fs/cgroup/memory', group, 'memory.limit_in_bytes')),
  ];
  const limits = (await Promise.all(files.map(read))).map((text) => Number(text?.trim() || Number.NaN));
  // What is beyond any machine is how the old ones say that there is none.
  const told = limits.filter((limit) => Number.isSafeInteger(limit) && limit < 2 ** 50);
  return told.length === 0 ? undefined : Math.min(...told);
}

/** A group and those it is in; in a container the outermost is its own. */
function parentsOf(group: string | undefined): string[] {
  if (group === undefined) return [];
  const parts = group.split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.keys(), parts.length].map((count) => `/${parts.slice(0, count).join('/')}`);
}
