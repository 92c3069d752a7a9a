import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A running nginx of one's own. */
export interface Nginx {
  readonly port: number;
  /** Of the master process. */
  readonly pid: number;
  /** Ends it, waits until it is gone and removes its folder. */
  close(): Promise<void>;
}

/** Folders of Debian's package that are not in everybody's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** Path of an installed nginx: `NGINX_PATH`, else the usual folders; undefined when there is none. */
export function findNginx(): string | undefined {
  const named = process.env['NGINX_PATH'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  const candidates = named === undefined ? folders.map((folder) => join(folder, 'nginx')) : [named];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Makes sure that an nginx is there; installs Debian's package where that is possible (root with apt-get).
 *
 * @throws {Error} with one sentence that says what to install.
 */
export function ensureNginx(): string {
  const found = findNginx();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && process.env['NGINX_PATH'] === undefined) {
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
      execFileSync('apt-get', ['install', '-y', '-q', 'nginx-light'], { stdio: 'ignore', env });
    } catch {
      // Told below, with the fix.
    }
  }
  const installed = findNginx();
  if (installed === undefined) {
    throw new Error('This needs nginx: install it (Debian: apt-get install nginx-light) or set NGINX_PATH.');
  }
  return installed;
}

/**
 * Starts nginx on a free loopback port, with its own config and a folder for everything it writes.
 *
 * @param locations What stands in its `server` block, e.g. `location / { proxy_pass http://127.0.0.1:8096; }`.
 * @param more Lines of the `http` block.
 * @throws {Error} when it does not listen within 5 s.
 */
export async function startNginx(locations: string, more = ''): Promise<Nginx> {
  const path = ensureNginx();
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-nginx-'));
  const port = await freePort();
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 4096; }
http {
  access_log off;
  ${temps.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${more}
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`;
  await writeFile(join(folder, 'nginx.conf'), config);
  const child = spawn(path, ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
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
    async close() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
