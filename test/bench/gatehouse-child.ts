import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Gatehouse as its own process, so that its cost can be told from ours. */
export interface GatehouseChild {
  readonly pid: number;
  readonly port: number;
  /** From the start of the process to the line that says it listens, in milliseconds. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** Starts the built program in front of an upstream, with two mods that change the page. */
export function startGatehouse(folder: string, port: number, upstreamPort: number): Promise<GatehouseChild> {
  return startProgram(
    folder,
    port,
    `listen: { host: 127.0.0.1, port: ${port} }
jellyfin: { url: http://127.0.0.1:${upstreamPort} }
log: { level: error }
mods:
  page-title: { title: Bench }
  custom-css: { css: 'body { color: #eee }' }
`,
  );
}

/** Starts the built program with that configuration, and waits until Jellyfin is seen through it. */
export async function startProgram(folder: string, port: number, text: string): Promise<GatehouseChild> {
  const config = join(folder, 'config.yaml');
  await writeFile(config, text);
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../dist/server/main.js'), 'serve', '--config', config],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  createInterface({ input: child.stdout });
  for (;;) {
    // A connection that was kept would count among those that others left behind.
    const answer = await fetch(`http://127.0.0.1:${port}/System/Info/Public`, {
      headers: { Connection: 'close' },
    }).catch(() => undefined);
    if (answer?.ok === true) break;
    if (child.exitCode !== null) throw new Error('Gatehouse ended at its start');
  }
  return {
    pid: child.pid ?? 0,
    port,
    startMs: performance.now() - start,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
