import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { type BareReading, readBareConfig } from '../config/bare-config.ts';
import type { Half } from '../config/config.ts';
import { withCredentials } from '../config/credentials.ts';
import { type Environment, hasFields } from '../config/environment.ts';
import { findConfigFile, findConfigFolder, USUAL_PLACES } from '../config/files.ts';
import { type ConfigReading, readConfig } from '../config/load.ts';

/** The environment of this process, with its credentials as variables. @param more In place of those of the same name. @default none */
export function environmentOfProcess(more: Environment = {}): Environment {
  return withCredentials({ ...process.env, ...more });
}

/**
 * Reads the configuration as `readConfig`, from the environment of this process, with every mod and channel there is.
 *
 * @param configPath Value of `--config`.
 * @param only Value of `--only`. @default both halves
 * @param more Variables in place of those of the environment. @default none
 * @throws {ConfigError} with every problem at once.
 */
export async function readConfiguration(
  configPath: string | undefined,
  only?: Half,
  more: Environment = {},
): Promise<ConfigReading> {
  const environment = environmentOfProcess(more);
  return await readConfig({ configPath, environment, mods: MOD_LIST, channels: CHANNELS, only });
}

/** Whether there is any, good or not: a file, or fields in the environment. */
export function isConfigured(configPath: string | undefined): boolean {
  const environment = environmentOfProcess();
  return findConfigFile({ configPath, environment }) !== undefined || hasFields(environment);
}

/** The folder that paths in the configuration begin at, also where there is no file yet. */
export function configurationFolder(configPath: string | undefined): string {
  return findConfigFolder({ configPath, environment: process.env });
}

/** The configuration file, or where it would be; the first of the usual places when nobody names one. */
export function configurationFile(configPath: string | undefined): string {
  return findConfigFile({ configPath, environment: process.env }) ?? USUAL_PLACES[0];
}

/** Reads what can be gone by while the configuration cannot be used, as `readBareConfig`. */
export async function readBareConfiguration(
  configPath: string | undefined,
): Promise<BareReading | undefined> {
  const environment = environmentOfProcess();
  return await readBareConfig(configurationFile(configPath), { environment, channels: CHANNELS });
}
