import { readFileSync } from 'node:fs';

/** Clock ticks of a second in /proc. Source: sysconf(_SC_CLK_TCK), 100 on every Linux we run on. */
const TICKS_PER_SECOND = 100;

/** Processor time of processes so far, user and system, in seconds. Source: proc(5), /proc/pid/stat fields 14 and 15. */
export function processorSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Resident memory of processes, in bytes. Source: proc(5), VmRSS. */
export function residentBytes(pids: readonly number[]): number {
  const sizes = pids.map((pid) =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  );
  return sizes.reduce((sum, one) => sum + one, 0) * 1024;
}
