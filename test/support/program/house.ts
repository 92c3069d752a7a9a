import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Half } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import type { Logger } from '../../../server/log/log.ts';
import { createGatehouse, type Gatehouse } from '../../../server/program/gatehouse.ts';
import { createResetProgram } from '../../../server/program/reset-program.ts';
import { freePort } from '../network/free-port.ts';

/** Gatehouse as one part, or as two halves that speak HTTP; both ways from one config file. */
export interface House {
  /** The part people talk to. */
  readonly gatehouse: Gatehouse;
  /** Where the reset half listens; 0 when there are no halves. */
  readonly servicePort: number;
  /** Lines for the config file. */
  readonly lines: string;
  /** Puts the file into force everywhere. */
  apply(configPath: string): Promise<void>;
  listen(port: number): Promise<void>;
  close(): Promise<void>;
  /** Ends the reset half at once, as a crash of its process would look from outside. Only of two halves. */
  stopReset(): Promise<void>;
  /** Starts it again, on the same port. */
  startReset(): Promise<void>;
}

/** True when the whole test run is to be split: `TEST_SPLIT=1`. */
export const IS_RUN_SPLIT = process.env['TEST_SPLIT'] === '1';

const WEB_FOLDER = join(import.meta.dirname, '../../../dist');

/** Makes it; nothing listens yet. */
export async function createHouse(log: Logger, isSplit = IS_RUN_SPLIT): Promise<House> {
  const parts = { mods: MOD_LIST, webFolder: WEB_FOLDER, log };
  const gatehouse = createGatehouse(parts);
  const servicePort = isSplit ? await freePort() : 0;
  const secret = randomBytes(32).toString('hex');
  const lines = `service: { url: 'http://127.0.0.1:${servicePort}', secret: ${secret}, listen: { port: ${servicePort} } }\n`;
  let resetHalf: Gatehouse | undefined;
  let configPath = '';
  const load = (only?: Half) =>
    loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS, only });

  async function startReset(): Promise<void> {
    resetHalf = createResetProgram(parts);
    await resetHalf.apply(await load('reset'));
    await resetHalf.listen('127.0.0.1', servicePort);
  }

  return {
    gatehouse,
    servicePort,
    lines: isSplit ? lines : '',
    async apply(path) {
      configPath = path;
      const text = await readFile(path, 'utf8');
      const isResetAsked = /^reset:/m.test(text);
      if (isSplit && !/^service:/m.test(text)) await writeFile(path, `${text}\n${lines}`);
      // The injector first: it checks the mods, and what it refuses must be refused as a whole.
      await gatehouse.apply(await load(isSplit ? 'injector' : undefined));
      if (!isSplit || !isResetAsked) return;
      if (resetHalf === undefined) await startReset();
      else await resetHalf.apply(await load('reset'));
    },
    listen: (port) => gatehouse.listen('127.0.0.1', port),
    startReset,
    async stopReset() {
      await resetHalf?.close(0);
      resetHalf = undefined;
    },
    async close() {
      await gatehouse.close(1_000);
      await resetHalf?.close(1_000);
    },
  };
}
