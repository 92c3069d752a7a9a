import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureProgram } from '../runner/debian-program.ts';
import { freePort, isListening } from './free-port.ts';

/** A running nginx of one's own. */
export interface Nginx {
  readonly port: number;
  /** Of the master process. */
  readonly pid: number;
  /** Puts another `http` block in force as `nginx -s reload` does; resolves when the workers with the one before have ended. */
  reload(httpBlock: (port: number) => string): Promise<void>;
  /** Ends it, waits until it is gone and removes its folder. */
  close(): Promise<void>;
}

/** Path of an nginx; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureNginx(): string {
  return ensureProgram({
    variable: 'NGINX_PATH',
    names: ['nginx'],
    packageName: 'nginx-light',
    need: 'Some answers are compared with those of nginx, which the tests need',
  });
}

/**
 * Starts nginx on a free loopback port, with its own config and a folder for everything it writes.
 *
 * @param locations What stands in its `server` block, e.g. `location / { proxy_pass http://127.0.0.1:8096; }`.
 * @param more Lines of the `http` block.
 * @throws {Error} when it does not listen within 5 s.
 */
export async function startNginx(locations: string, more = ''): Promise<Nginx> {
  return await startNginxWith(
    (port) => `${more}\n  server {\n    listen 127.0.0.1:${port};\n    ${locations}\n  }`,
  );
}

/**
 * The same with everything of its `http` block.
 *
 * @param httpBlock Must listen on that port of 127.0.0.1.
 * @throws {Error} when it does not listen within 5 s.
 */
export async function startNginxWith(httpBlock: (port: number) => string | Promise<string>): Promise<Nginx> {
  const { folder, port, file } = await writeConfig(httpBlock);
  const child = spawn(ensureNginx(), ['-c', file, '-p', folder], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; !(await isListening(port)); tries += 1) {
    if (tries === 50 || child.exitCode !== null) {
      child.kill();
      throw new Error(`nginx does not listen on port ${port}; see ${folder}/error.log.`);
    }
    await wait(100);
  }
  return {
    port,
    pid: child.pid ?? 0,
    async reload(next) {
      const before = workersOf(child.pid);
      await writeFile(file, configText(folder, next(port)));
      child.kill('SIGHUP');
      while (workersOf(child.pid).some((pid) => before.includes(pid))) await wait(50);
    },
    async close() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function workersOf(pid: number | undefined): string[] {
  return execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).match(/\d+/g) ?? [];
}

/** What `nginx -t` says of everything in an `http` block that listens on that port; it begins nothing. */
export async function tryNginxConfig(httpBlock: (port: number) => string): Promise<string> {
  const { folder, file } = await writeConfig(httpBlock);
  const { stderr } = spawnSync(ensureNginx(), ['-t', '-c', file, '-p', folder], { encoding: 'utf8' });
  await rm(folder, { recursive: true, force: true });
  return stderr;
}

/** Writes the file, in a folder for everything nginx writes. */
async function writeConfig(httpBlock: (port: number) => string | Promise<string>) {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-nginx-'));
  const file = join(folder, 'nginx.conf');
  const port = await freePort();
  await writeFile(file, configText(folder, await httpBlock(port)));
  return { folder, port, file };
}

function configText(folder: string, httpBlock: string): string {
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 4096; }
http {
  access_log off;
  ${temps.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${httpBlock}
}
`;
}
