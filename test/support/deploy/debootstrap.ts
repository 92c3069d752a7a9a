import { execFile } from 'node:child_process';
import { cp, mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureProgram } from '../runner/debian-program.ts';

const run = promisify(execFile);

/** Path of debootstrap; installs Debian's package where that is possible. @throws {Error} that says what to install. */
export function ensureDebootstrap(): string {
  return ensureProgram({
    variable: 'DEBOOTSTRAP_PATH',
    names: ['debootstrap'],
    packageName: 'debootstrap',
    need: 'The file tree of the image begins with that of a Debian, which takes debootstrap',
  });
}

/**
 * Makes what `node:24-slim` is: the smallest Debian, with the Node.js of this process and npm in `/usr/local`. Takes a minute.
 *
 * @param folder Must not be there yet.
 * @param packages Of Debian, besides.
 */
export async function makeDebian(folder: string, packages: readonly string[] = []): Promise<void> {
  const more = packages.length === 0 ? [] : [`--include=${packages.join(',')}`];
  await run(ensureDebootstrap(), ['--variant=minbase', ...more, 'bookworm', folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Puts Node.js and npm where the image of Docker has them. */
export async function addNode(folder: string): Promise<void> {
  const local = join(folder, 'usr/local');
  await cp(process.execPath, join(local, 'bin/node'));
  const { stdout } = await run('npm', ['root', '--global']);
  const modules = join(local, 'lib/node_modules');
  await mkdir(modules, { recursive: true });
  // npm stands beside its own global packages, or where Debian keeps it.
  await cp(join(await npmFolder(stdout.trim())), join(modules, 'npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
}

async function npmFolder(global: string): Promise<string> {
  const { stdout } = await run('sh', ['-c', 'command -v npm']);
  const link = await readlink(stdout.trim()).catch(() => undefined);
  if (link === undefined) return join(global, 'npm');
  return dirname(dirname(join(dirname(stdout.trim()), link)));
}
