import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import type { Half } from '../config/config.ts';
import { hasFields } from '../config/environment.ts';
import { findConfigFile, findConfigFolder } from '../config/files.ts';
import { type ConfigReading, readConfig } from '../config/load.ts';

/**
 * Reads the configuration as `readConfig`, from the environment of this process, with every mod and channel there is.
 *
 * @param configPath Value of `--config`.
 * @param only Value of `--only`. @default both halves
 * @throws {ConfigError} with every problem at once.
 */
export async function readConfiguration(configPath: string | undefined, only?: Half): Promise<ConfigReading> {
  return await readConfig({ configPath, environment: process.env, mods: MOD_LIST, channels: CHANNELS, only });
}

/** Whether there is any, good or not: a file, or fields in the environment. */
export function isConfigured(configPath: string | undefined): boolean {
  const environment = process.env;
  return findConfigFile({ configPath, environment }) !== undefined || hasFields(environment);
}

/** The folder that paths in the configuration begin at, also where there is no file yet. */
export function configurationFolder(configPath: string | undefined): string {
  return findConfigFolder({ configPath, environment: process.env });
}
