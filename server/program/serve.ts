import { MOD_LIST } from '../../injector/mods/index.ts';
import { parseJellyfinAddress } from '../../injector/upstream/upstream.ts';
import { type Config, listenerOf } from '../config/config.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import { hostAndPort, hostToConnect } from '../config/listen-address.ts';
import { type ConfigProblem, formatProblems } from '../config/problems.ts';
import { watchConfig } from '../config/watch.ts';
import { createLogger, type Logger, loadTextLines } from '../log/log.ts';
import { readCertificate, watchCertificate } from './certificate.ts';
import { readConfiguration } from './configuration.ts';
import type { Gatehouse, GatehouseParts } from './gatehouse.ts';
import { readOrSetUp } from './setup.ts';
import { leadOnFromSetup } from './setup-page.ts';
import { endOnSignals } from './shutdown.ts';
import { findWebFolder } from './web-folder.ts';

/** What the command line says. */
export interface ServeOptions {
  readonly configPath?: string | undefined;
  /** The half to run. @default both */
  readonly only?: Config['only'];
  /** In place of `shutdown.drain`, in milliseconds. */
  readonly drainMs?: number | undefined;
  /** Waits for a configuration that can be used, with a page that says what is missing. @default it has to be there */
  readonly setUp?: boolean;
}

/**
 * Runs Gatehouse until SIGTERM or SIGINT: loads the configuration, listens, reloads on change and on SIGHUP. It ends as
 * docs/shutdown.md says; a second signal ends it within a second.
 *
 * @throws {ConfigError} when the configuration has a problem; nothing was started. With `setUp`, only when that problem is
 * where to listen.
 */
export async function serve({ configPath, only, drainMs, setUp = false }: ServeOptions): Promise<void> {
  const reading = await (setUp ? readOrSetUp(configPath, only) : readConfiguration(configPath, only));
  const setup = 'answerFirst' in reading ? reading : undefined;
  const { config } = reading;
  // A file that was found once must not be missed in silence because the environment would do.
  const pathInForce = config.isFromFile ? (configPath ?? config.file) : configPath;
  const log = createLogger(config.log.level, undefined, await textLinesOf(config.log.format));
  const { host, port, tls } = listenerOf(config);
  const warn = createWarner(log);
  if ('warnings' in reading) warn(reading.warnings);
  const certificate = tls && (await readCertificate(tls));
  const answerFirst = setup?.answerFirst ?? (setUp ? leadOnFromSetup : undefined);
  const webFolder = findWebFolder();
  const gatehouse = await create(only, { mods: MOD_LIST, webFolder, log, certificate, answerFirst });
  if (setup?.isPassedThrough !== false) await gatehouse.apply(config);
  let { shutdown } = config;
  let stopReloading = async (): Promise<void> => await setup?.close();
  await gatehouse.listen(host, port);
  endOnSignals({
    gatehouse,
    times: () => ({ ...shutdown, ...(drainMs === undefined ? {} : { drain: drainMs }) }),
    stopReloading: () => stopReloading(),
    log,
  });
  const open =
    setup === undefined ? addressesOf(config, gatehouse.port) : [setupAddress(config, gatehouse.port)];
  log.info(
    {
      event: 'listening',
      ...(only === undefined ? {} : { only }),
      host,
      port: gatehouse.port,
      mods: Object.keys(config.enabledMods),
    },
    only === 'reset' ? undefined : `open ${open.join(' or, on this machine, ')}`,
  );

  setup?.open(setupAddress(config, gatehouse.port), log);
  await warnOfExposed(config, log);

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
    isProvisional: setup !== undefined,
    load: async () => {
      const next = await readConfiguration(pathInForce, only).catch(setup?.refuse);
      warn(next.warnings);
      return next.config;
    },
    log,
    apply: async (next) => {
      log.level = next.log.level;
      await gatehouse.apply(next);
      setup?.end();
      shutdown = next.shutdown;
      await warnOfExposed(next, log);
      const { tls: nextTls } = listenerOf(next);
      if (nextTls !== undefined) await certificates?.follow(nextTls);
    },
  });
  stopReloading = async () => {
    certificates?.close();
    await setup?.close();
    await watch.close();
  };
}

/** Not at each reload again, as most of them change something else: what was said stays true. */
const toldOf = new Set<string>();

async function warnOfExposed(config: Config, log: Logger): Promise<void> {
  for (const exposed of await findExposedFiles(config)) {
    if (toldOf.has(exposed.file)) continue;
    toldOf.add(exposed.file);
    const { says, fix } = explainExposed(exposed);
    log.warn({ event: 'secrets-exposed', file: exposed.file, fix }, `the file ${says}`);
  }
}

/** Says what is doubtful about a configuration, once for the same doubts. */
function createWarner(log: Logger): (warnings: readonly ConfigProblem[]) => void {
  let said = '';
  return (warnings) => {
    const text = formatProblems(warnings);
    if (text !== said && text !== '') {
      const problems = text.split('\n');
      log.warn({ event: 'config-doubtful', problems }, 'the configuration contradicts itself in places');
    }
    said = text;
  };
}

/** Text is for a terminal; a file, a journal or a container's log gets JSON, which programs read. */
async function textLinesOf(format: Config['log']['format']): Promise<((line: string) => string) | undefined> {
  const isText = format === 'text' || (format === 'auto' && process.stdout.isTTY);
  return isText ? loadTextLines(process.stdout.isTTY && process.env['NO_COLOR'] === undefined) : undefined;
}

/**
 * Where a browser finds Jellyfin's web client behind us: as people come in, and without whatever stands in front. The file
 * is named because 10.8 knows no `/web/`.
 */
function addressesOf({ listen, publicUrl, jellyfin }: Config, port: number): string[] {
  const { basePath } = parseJellyfinAddress(jellyfin.url);
  const own = `${originOf(listen, port)}${basePath}/web/index.html`;
  return [...new Set([...(publicUrl === undefined ? [] : [`${publicUrl}/web/index.html`]), own])];
}

/** Where a browser on this machine finds the page that says what is missing. */
function setupAddress({ listen, jellyfin }: Config, port: number): string {
  return `${originOf(listen, port)}${parseJellyfinAddress(jellyfin.url).basePath}/gatehouse/setup`;
}

function originOf({ host, tls }: Config['listen'], port: number): string {
  return `${tls === undefined ? 'http' : 'https'}://${hostAndPort(hostToConnect(host), port)}`;
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
