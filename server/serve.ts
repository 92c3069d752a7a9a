import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MODS } from '../injector/mods/index.ts';
import { loadConfig } from './config/load.ts';
import { watchConfig } from './config/watch.ts';
import { createGatehouse } from './gatehouse.ts';
import { createLogger } from './log.ts';

/**
 * Runs Gatehouse until SIGTERM or SIGINT: loads the configuration, listens, reloads on change and on SIGHUP. A second
 * signal ends it at once.
 *
 * @throws {ConfigError} when the configuration has a problem; nothing was started.
 */
export async function serve(options: { readonly configPath?: string }): Promise<void> {
  const load = () => loadConfig({ configPath: options.configPath, environment: process.env, mods: MODS });
  const config = await load();
  const log = createLogger(config.log.level);
  const gatehouse = createGatehouse({ mods: MODS, webFolder: findWebFolder(), log });
  await gatehouse.apply(config);
  await gatehouse.listen(config.listen.host, config.listen.port);
  log.info({
    event: 'listening',
    host: config.listen.host,
    port: gatehouse.port,
    mods: Object.keys(config.enabledMods),
  });

  const watch = await watchConfig({
    config,
    load,
    log,
    apply: async (next) => {
      log.level = next.log.level;
      await gatehouse.apply(next);
    },
  });

  let isEnding = false;
  const end = (signal: NodeJS.Signals): void => {
    if (isEnding) process.exit(1);
    isEnding = true;
    log.info({ event: 'ending', signal });
    void watch
      .close()
      .then(() => gatehouse.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** Built parts stand beside the built program, and below `dist/` when the sources run. */
function findWebFolder(): string {
  const beside = join(import.meta.dirname, '..');
  return existsSync(join(beside, 'ui', 'assets')) ? beside : join(beside, 'dist');
}
