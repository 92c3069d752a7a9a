import { homedir, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Mod } from '../../injector/kit/define-mod.ts';
import type { CacheConfig, Config, Half, RemoteReset, ResetConfig, ResetListenerConfig } from './config.ts';
import type { DataFolderWish } from './data-folder-places.ts';
import { dataFolderPlaces } from './data-folder-places.ts';
import type { Environment } from './environment.ts';
import { isPostgresAddress } from './postgres-address.ts';
import type { ChannelSection, ParsedConfig } from './schema.ts';

/**
 * Makes the configuration the program works with: relative paths made absolute, mods that are on in their order,
 * and the needs of the reset service beside it.
 *
 * @param file The file it came from; a relative database path begins at its folder.
 * @param about.only The half that this process is.
 * @param about.environment Says where Jellyfin may be installed.
 */
export function settle(
  parsed: ParsedConfig,
  file: string,
  { mods, channels }: { readonly mods: readonly Mod[]; readonly channels: readonly ChannelSection[] },
  { only, environment }: { readonly only?: Half | undefined; readonly environment: Environment },
): Config {
  const absolute = resolve(file);
  const folder = dirname(absolute);
  return {
    only,
    file: absolute,
    listen: { ...parsed.listen, tls: settleTls(parsed.listen.tls, folder) },
    publicUrl: parsed.public?.url,
    isHstsSent: parsed.public?.hsts ?? false,
    publicHosts: settlePublicHosts(parsed.public),
    jellyfin: {
      ...parsed.jellyfin,
      dataFolder: settleDataFolder(parsed.jellyfin.dataFolder, folder, environment),
      caFile: parsed.jellyfin.caFile === undefined ? undefined : resolve(folder, parsed.jellyfin.caFile),
    },
    guard: parsed.guard,
    loginThrottle: parsed.loginThrottle.enabled ? parsed.loginThrottle : undefined,
    reset: only === 'injector' ? undefined : settleReset(parsed, channels),
    remoteReset: only === 'injector' ? settleRemoteReset(parsed, folder) : undefined,
    resetDoor: only === 'reset' ? settleDoor(parsed, folder) : undefined,
    storage: isPostgresAddress(parsed.storage) ? parsed.storage : resolve(folder, parsed.storage),
    cache: settleCache(parsed, folder),
    log: parsed.log,
    metrics: parsed.metrics,
    enabledMods: Object.fromEntries(
      mods.flatMap(({ name }) => {
        const options = parsed.mods[name];
        return options === undefined || options === false ? [] : [[name, options]];
      }),
    ),
  };
}

/** Whoever names further hosts means these and that of the address people use. */
function settlePublicHosts(own: ParsedConfig['public']): readonly string[] {
  return own === undefined || own.hosts.length === 0 ? [] : [new URL(own.url).hostname, ...own.hosts];
}

function settleDataFolder(
  wish: string | undefined,
  folder: string,
  environment: Environment,
): DataFolderWish | undefined {
  if (wish === undefined) return undefined;
  if (wish !== 'auto')
    return { isAuto: false, places: [{ path: resolve(folder, wish), install: 'configured' }] };
  return { isAuto: true, places: dataFolderPlaces({ environment, platform: platform(), home: homedir() }) };
}

function settleTls(tls: ParsedConfig['listen']['tls'], folder: string): Config['listen']['tls'] {
  if (tls === undefined) return undefined;
  return { certFile: resolve(folder, tls.certFile), keyFile: resolve(folder, tls.keyFile) };
}

function settleCache({ cache, storage }: ParsedConfig, folder: string): CacheConfig | undefined {
  if (!cache.web) return undefined;
  const beside = resolve(folder, isPostgresAddress(storage) ? '.' : dirname(storage), 'gatehouse-cache');
  return {
    memoryBytes: cache.memoryMegabytes * 1024 * 1024,
    diskBytes: cache.diskMegabytes * 1024 * 1024,
    folder: cache.folder === undefined ? beside : resolve(folder, cache.folder),
  };
}

function settleReset(parsed: ParsedConfig, channels: readonly ChannelSection[]): ResetConfig | undefined {
  const { reset, public: own, jellyfin } = parsed;
  const sections = new Map(Object.entries(parsed));
  const setUp = channels.filter(({ section }) => sections.get(section) !== undefined);
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || own === undefined || setUp.length === 0) return undefined;
  if (jellyfin.apiKey === undefined && jellyfin.dataFolder === undefined) return undefined;
  const options = Object.fromEntries(setUp.map(({ name, section }) => [name, sections.get(section)]));
  return {
    ...reset,
    language: parsed.language,
    publicUrl: own.url,
    apiKey: jellyfin.apiKey,
    channels: options,
  };
}

function settleRemoteReset({ reset, service }: ParsedConfig, folder: string): RemoteReset | undefined {
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || service?.url === undefined) return undefined;
  const { url, secret } = service;
  const caFile = service.caFile === undefined ? undefined : resolve(folder, service.caFile);
  return { url, caFile, secret, method: reset.method };
}

function settleDoor({ service }: ParsedConfig, folder: string): ResetListenerConfig | undefined {
  if (service === undefined) return undefined;
  const { listen, secret } = service;
  return { secret, listen: { ...listen, tls: settleTls(listen.tls, folder) } };
}
