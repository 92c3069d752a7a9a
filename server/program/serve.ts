import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { watchConfig } from '../config/watch.ts';
import { createLogger } from '../log/log.ts';
import { readCertificate, watchCertificate } from './certificate.ts';
import type { Gatehouse, GatehouseParts } from './gatehouse.ts';
import { findWebFolder } from './web-folder.ts';

/** What the command line says. */
export interface ServeOptions {
  readonly configPath?: string | undefined;
  /** The half to run; default both. */
  readonly only?: Config['only'];
}

/**
 * Runs Gatehouse until SIGTERM or SIGINT: loads the configuration, listens, reloads on change and on SIGHUP. A second
 * signal ends it at once.
 *
 * @throws {ConfigError} when the configuration has a problem; nothing was started.
 */
export async function serve({ configPath, only }: ServeOptions): Promise<void> {
  const load = () =>
    loadConfig({ configPath, environment: process.env, mods: MODS, channels: CHANNELS, only });
  const config = await load();
  const log = createLogger(config.log.level);
  const { host, port, tls } = listenOf(config);
  const certificate = tls && (await readCertificate(tls));
  const gatehouse = await create(only, { mods: MODS, webFolder: findWebFolder(), log, certificate });
  await gatehouse.apply(config);
  await gatehouse.listen(host, port);
  log.info({
    event: 'listening',
    ...(only === undefined ? {} : { only }),
    host,
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
      const { tls: nextTls } = listenOf(next);
      if (nextTls !== undefined) await certificates?.follow(nextTls);
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

/** Each half loads its own parts only: the one needs no database, the other no mods. */
async function create(only: ServeOptions['only'], parts: GatehouseParts): Promise<Gatehouse> {
  if (only === 'reset') {
    const { createResetProgram } = await import('./reset-program.ts');
    return createResetProgram(parts);
  }
  const { createGatehouse } = await import('./gatehouse.ts');
  return createGatehouse(parts);
}

function listenOf({ listen, resetListener }: Config): Pick<Config['listen'], 'host' | 'port' | 'tls'> {
  return resetListener?.listen ?? listen;
}
