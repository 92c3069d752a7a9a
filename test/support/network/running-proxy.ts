import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { MadeCertificate } from './certificates.ts';
import { freePort, isListening } from './free-port.ts';

/** A proxy of one's own with a text of `gatehouse reverse-proxy`. */
export interface RunningProxy {
  /** Where it listens: https with a certificate, else http. */
  readonly port: number;
  /** Where it leads to https; only with a certificate. */
  readonly redirectPort: number;
  /** Ends it, waits until it is gone and removes its folder. */
  close(): Promise<void>;
}

/** Starts one proxy with that text; nothing of it is changed but where it listens and its certificate. */
export type StartProxy = (text: string, certificate?: MadeCertificate) => Promise<RunningProxy>;

/** What a proxy is started with. */
export interface ProxyPlace {
  /** Everything it writes goes there. */
  readonly folder: string;
  readonly port: number;
  readonly redirectPort: number;
}

/** How it is started. */
export interface ProxyCommand {
  readonly path: string;
  readonly args: readonly string[];
  /** Of its environment, besides ours. */
  readonly variables?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 15_000;

/**
 * Starts a proxy on free loopback ports, in the foreground, as a process of ours.
 *
 * @param prepare Writes its files and says how it is started.
 * @throws {Error} with what it said, when it does not listen within 15 s.
 */
export async function runProxy(prepare: (place: ProxyPlace) => Promise<ProxyCommand>): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-proxy-'));
  const [port, redirectPort] = [await freePort(), await freePort()];
  const { path, args, variables } = await prepare({ folder, port, redirectPort });
  const said = join(folder, 'said.log');
  const out = openSync(said, 'a');
  // A group of its own, so that its workers can be ended with it.
  const options = { detached: true, env: { ...process.env, ...variables } };
  const child = spawn(path, args, { ...options, stdio: ['ignore', out, out] });
  closeSync(out);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    // Apache would wait ten seconds for a WebSocket.
    if (await Promise.race([gone, wait(1_000, 'late')])) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const until = performance.now() + PATIENCE_MS;
  while (!(await isListening(port))) {
    if (performance.now() > until || child.exitCode !== null) {
      const words = readFileSync(said, 'utf8');
      await close();
      throw new Error(`${path} does not listen on port ${port}: ${words}`);
    }
    await wait(50);
  }
  return { port, redirectPort, close };
}
