import { MODS } from '../injector/mods/index.ts';
import { loadConfig } from './config/load.ts';

/**
 * Starts Gatehouse and returns once it listens.
 *
 * @throws {ConfigError} before anything is started, when the configuration cannot be used.
 */
export async function serve(options: { configPath?: string }): Promise<void> {
  await loadConfig({ ...options, environment: process.env, mods: MODS });
  throw new Error('the proxy is not part of this program yet');
}
