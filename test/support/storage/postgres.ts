import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { chmod, chown, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { realTimeVariables } from '../clock/faketime.ts';
import { freePort } from '../network/free-port.ts';
import { ensureProgram } from '../runner/debian-program.ts';

/** Password of its administrator, `gatehouse`; holds what has to be encoded in an address. */
export const POSTGRES_PASSWORD = 'p@ss/w:rd#1%';

/** A PostgreSQL server of one's own, in a folder of its own. */
export interface PostgresServer {
  readonly port: number;
  readonly folder: string;
  /** Its address, with parameters such as `schema=x`. */
  url(parameters?: string): string;
  /** Its address with a schema nobody used before. */
  freshUrl(): string;
  /** Runs statements as its administrator; answers the rows of a single one. */
  run(sql: string): Promise<readonly Record<string, unknown>[]>;
  /**
   * Kills it; connections break. @param signal SIGKILL, the default, as a power cut does; SIGQUIT as an administrator
   * does in need: connections are told so.
   */
  kill(signal?: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Stops all of it where it stands; answers what lets it go on. */
  freeze(): Promise<() => void>;
  /** Starts it after a kill, on the same port. @param settings Such as `ssl=on`. */
  start(...settings: readonly string[]): Promise<void>;
  /** Starts it again, speaking TLS with that certificate, on 127.0.0.2 too. */
  useCertificate(files: { readonly certFile: string; readonly keyFile: string }): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Path of a PostgreSQL server; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensurePostgres(): string {
  return ensureProgram({
    variable: 'POSTGRES_PATH',
    names: ['postgres'],
    packageName: 'postgresql',
    need: 'Storage in PostgreSQL is tested with a real one',
  });
}

/** Makes a cluster and starts its server. @throws {Error} when it does not let us in within 30 s. */
export async function startPostgres(): Promise<PostgresServer> {
  const program = realpathSync(ensurePostgres());
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-postgres-'));
  const user = await giveAway(folder);
  await makeCluster(program, folder, user);
  const port = await freePort();
  let child: ChildProcess | undefined;
  let schemas = 0;

  // The test run may be ended from outside; its server shall not outlive it.
  const endWithUs = (): void => void child?.kill('SIGQUIT');
  process.once('exit', endWithUs);

  async function end(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT'): Promise<void> {
    if (child === undefined || !isRunning(child)) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  const server: PostgresServer = {
    port,
    folder,
    url(parameters = '') {
      const login = `gatehouse:${encodeURIComponent(POSTGRES_PASSWORD)}`;
      return `postgres://${login}@127.0.0.1:${port}/postgres${parameters === '' ? '' : `?${parameters}`}`;
    },
    freshUrl() {
      schemas += 1;
      return server.url(`schema=test_${schemas}`);
    },
    async run(sql) {
      const client = new Client({ connectionString: server.url() });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    kill: (signal = 'SIGKILL') => end(signal),
    async freeze() {
      const rows = await server.run('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      const pids = [child?.pid, ...rows.map((row) => row['pid'])].map(Number);
      const tell = (signal: 'SIGSTOP' | 'SIGCONT') => () => {
        for (const pid of pids) process.kill(pid, signal);
      };
      tell('SIGSTOP')();
      return tell('SIGCONT');
    },
    async start(...settings) {
      // Right after a kill its other processes may still hold what it needs: it ends, and is started again.
      for (const until = performance.now() + 30_000; performance.now() < until; await wait(100)) {
        const options = { stdio: 'ignore', env: realTimeVariables(), ...user } as const;
        child = spawn(program, serverArguments(folder, port, settings), options);
        while (isRunning(child) && performance.now() < until) {
          if (await letsIn(server)) return;
          await wait(50);
        }
      }
      throw new Error(`PostgreSQL does not start on port ${port}; see ${folder}/log.`);
    },
    async useCertificate({ certFile, keyFile }) {
      await end('SIGINT');
      const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
      await copyFile(certFile, cert);
      await copyFile(keyFile, key);
      if (user.uid !== undefined && user.gid !== undefined) await chown(key, user.uid, user.gid);
      await chmod(key, 0o600);
      await server.start(
        'ssl=on',
        `ssl_cert_file=${cert}`,
        `ssl_key_file=${key}`,
        'listen_addresses=127.0.0.1,127.0.0.2',
      );
    },
    async close() {
      await end('SIGINT');
      process.off('exit', endWithUs);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function letsIn(server: PostgresServer): Promise<boolean> {
  return server.run('SELECT 1').then(
    () => true,
    () => false,
  );
}

type User = { readonly uid?: number; readonly gid?: number };

/** PostgreSQL refuses to run as root: its folder becomes that of the user its package made. */
async function giveAway(folder: string): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])));
  if (uid === undefined || gid === undefined) return {};
  await chown(folder, uid, gid);
  return { uid, gid };
}

async function makeCluster(program: string, folder: string, user: User): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, POSTGRES_PASSWORD, { mode: 0o644 });
  const options = ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-U', 'gatehouse', '--no-sync'];
  execFileSync(
    join(dirname(program), 'initdb'),
    ['-D', join(folder, 'data'), '-E', 'UTF8', '--locale=C', ...options],
    { cwd: folder, stdio: 'ignore', ...user },
  );
}

function serverArguments(folder: string, port: number, settings: readonly string[]): string[] {
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    // Nothing has to outlive the machine; a kill of the server loses nothing all the same.
    'fsync=off',
    'full_page_writes=off',
    'shared_buffers=16MB',
    'logging_collector=on',
    `log_directory=${folder}`,
    'log_filename=log',
    ...settings,
  ];
  return ['-D', join(folder, 'data'), ...all.flatMap((setting) => ['-c', setting])];
}
