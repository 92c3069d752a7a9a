import { MODS } from '../injector/mods/index.ts';
import { readCertificate, watchCertificate } from './certificate.ts';
import { loadConfig } from './config/load.ts';
import { watchConfig } from './config/watch.ts';
import { createGatehouse } from './gatehouse.ts';
import { createLogger } from './log.ts';
import { findWebFolder } from './web-folder.ts';

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
  const { tls } = config.listen;
  const certificate = tls && (await readCertificate(tls));
  const gatehouse = createGatehouse({ mods: MODS, webFolder: findWebFolder(), log, certificate });
  await gatehouse.apply(config);
  await gatehouse.listen(config.listen.host, config.listen.port);
  log.info({
    event: 'listening',
    host: config.listen.host,
    port: gatehouse.port,
    mods: Object.keys(config.enabledMods),
  });

  const certificates =
    certificate &&
    watchCertificate({
      files: tls,
      inForce: certificate,
      apply: (renewed) => gatehouse.renewCertificate(renewed),
      log,
    });
  const watch = await watchConfig({
    config,
    load,
    log,
    apply: async (next) => {
      log.level = next.log.level;
      await gatehouse.apply(next);
      if (next.listen.tls !== undefined) await certificates?.follow(next.listen.tls);
    },
  });

  let isEnding = false;
  const end = (signal: NodeJS.Signals): void => {
    if (isEnding) process.exit(1);
    isEnding = true;
    log.info({ event: 'ending', signal });
    certificates?.close();
    void watch
      .close()
      .then(() => gatehouse.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
