import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { until } from '../clock/until.ts';
import { type ProgramWithReset, startProgramWithReset } from './program-with-reset.ts';

const PROBE = join(import.meta.dirname, 'growth-probe.ts');

/** What the program holds once its garbage is collected. */
export interface Held {
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** In all maps and sets together. */
  readonly entries: number;
  /** Timers that will still run. */
  readonly timers: number;
  /** Listeners on the open socket that has the most, of all events together. */
  readonly mostListeners: number;
  readonly listenersOfProcess: number;
  /** Times Node warned that something has too many listeners. */
  readonly warnings: number;
}

/** The real program, whose memory, timers and listeners can be looked at. */
export interface ProbedProgram extends ProgramWithReset {
  readonly jellyfin: FakeJellyfin;
  /** Waits until nothing is left to do in the outbox, then looks. */
  look(): Promise<Held>;
}

/** Starts it in front of a fake Jellyfin, with mods, cache, throttle and a proxy on this machine whose word counts. */
export async function startProbedProgram(): Promise<ProbedProgram> {
  const apiKey = 'e'.repeat(32);
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    hashMs: 1,
  });
  onTestFinished(() => jellyfin.close());
  const lines = {
    ...{ jellyfinUrl: jellyfin.url, apiKey, trustedProxies: '127.0.0.1' },
    reset: '{ limits: { requestsPerHour: 1000000 } }',
    more: "mods: { forgot-password: { show: check-your-messages }, page-title: { title: 'A' } }",
  };
  const started = await startProgramWithReset(lines, undefined, {
    NODE_OPTIONS: `--expose-gc --import=${PROBE}`,
  });
  const { program, url } = started;

  async function isQuiet(): Promise<boolean> {
    const health = await (await fetch(`${url}/gatehouse/health`)).json();
    return (health as { reset: { outbox: { waiting: number } } }).reset.outbox.waiting === 0;
  }

  return {
    ...started,
    jellyfin,
    async look() {
      await until(isQuiet);
      const before = program.lines.length;
      const found = () => program.lines.slice(before).find((line) => line['event'] === 'growth-probe');
      program.child.kill('SIGUSR2');
      await until(() => found() !== undefined);
      return found() as unknown as Held;
    },
  };
}
