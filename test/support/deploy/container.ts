import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { until } from '../clock/until.ts';
import type { Image } from './image-tree.ts';

/** How an image is run; as the options of `docker run`. */
export interface RunOptions {
  /** Folder of this machine that is `/config` in there. */
  readonly config: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** `--user`, in numbers. @default root */
  readonly user?: string;
  /** `--cap-drop=ALL --cap-add=…`, in the words of setpriv(1). @default those that Docker gives */
  readonly capabilities?: readonly string[];
  /** In place of the image's command. */
  readonly command?: readonly string[];
}

/** A program that runs in the file tree of an image, as its process 1. */
export interface Container {
  /** Its process on this machine. */
  readonly pid: number;
  /** What it wrote to standard output and standard error, line by line. */
  readonly lines: string[];
  /** Ends with its exit code. */
  readonly ended: Promise<number | null>;
  /** Numbers of the user and the group that it runs as now, and of the capabilities it has. */
  status(): {
    readonly user: number;
    readonly group: number;
    readonly groups: string;
    readonly capabilities: string;
  };
  /** As `docker exec`: by root of the container, or by its `--user`. */
  exec(...command: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
  stop(): void;
}

/** What Docker leaves a container without further words. Source: moby, oci/caps/defaults.go. */
const DOCKERS = [
  ...['chown', 'dac_override', 'fsetid', 'fowner', 'mknod', 'net_raw', 'setgid', 'setuid', 'setfcap'],
  ...['setpcap', 'net_bind_service', 'sys_chroot', 'kill', 'audit_write'],
];

/** The tree is read-only but for `/config` and `/tmp`; process numbers begin at 1; the network is that of this machine. */
const ENTER = `set -e
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"
mount --bind "$CONFIG" "$ROOT/config"
mount -t proc proc "$ROOT/proc"
mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"
mount --bind /dev/null "$ROOT/dev/null"
mount -o remount,bind,ro "$ROOT"
exec chroot "$ROOT" "$@"
`;

/** Runs an image without an engine: namespaces, a read-only file tree and dropped rights, as Docker would set them up. */
export function startContainer(image: Image, options: RunOptions): Container {
  const { config, user, capabilities = DOCKERS, command = image.command } = options;
  const environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    ...image.environment,
    ...options.environment,
  };
  const rights = [
    ...[`--bounding-set=${['-all', ...capabilities.map((name) => `+${name}`)].join(',')}`, '--no-new-privs'],
    ...(user === undefined ? ['--reuid=0'] : asUser(user)),
  ];
  const inside = (...words: readonly string[]) => [
    ...['setpriv', ...rights, 'env', '-i', '-C', image.workFolder],
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...words,
  ];
  const unshared = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', ENTER, 'sh'];
  const child = spawn('unshare', [...unshared, ...inside(...image.entryPoint, ...command)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ROOT: image.root, CONFIG: config },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  return {
    get pid() {
      return firstProcessOf(child);
    },
    lines,
    ended: once(child, 'exit').then(([code]) => code as number | null),
    status() {
      const status = readFileSync(`/proc/${firstProcessOf(child)}/status`, 'utf8');
      const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(status)?.[1] ?? '';
      return {
        user: Number(field('Uid').split('\t')[1]),
        group: Number(field('Gid').split('\t')[1]),
        groups: field('Groups').trim(),
        capabilities: field('CapEff'),
      };
    },
    exec(...words) {
      const pid = String(firstProcessOf(child));
      const enter = ['--target', pid, '--mount', '--pid', '--root', ...inside(...words)];
      return new Promise((resolve) => {
        execFile('nsenter', enter, (error, out, err) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
        });
      });
    },
    stop() {
      process.kill(firstProcessOf(child), image.stopSignal as NodeJS.Signals);
    },
  };
}

/** Waits for a line that matches. */
export async function said(container: Container, pattern: RegExp): Promise<void> {
  await until(() => container.lines.some((line) => pattern.test(line)));
}

function asUser(user: string): string[] {
  const [id = '', group = id] = user.split(':');
  return [`--reuid=${id}`, `--regid=${group}`, '--clear-groups', '--inh-caps=-all'];
}

/** The process that `unshare` made, which is number 1 in there. */
function firstProcessOf({ pid }: ChildProcess): number {
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  if (first === undefined || first === '') throw new Error('the container runs no more');
  return Number(first);
}
