import { homedir, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { LOCK_FILE } from '../../injector/files/lock-file.ts';
import type { ModFilesSettings } from '../../injector/files/mod-files.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import type { SwitchedOn } from '../../injector/kit/entries.ts';
import { type DataFolderSetting, dataFolderPlaces } from './data-folder-places.ts';
import type { Environment } from './environment.ts';
import { resolveMods } from './mods.ts';
import { isPostgresAddress } from './postgres-address.ts';
import { type ResetConfig, resolveReset } from './reset-config.ts';
import type { ChannelSection, ParsedConfig } from './schema.ts';

/** One half of Gatehouse, when the two run apart. */
export type Half = 'injector' | 'reset';

/** Where an injector without a reset service of its own finds one. */
export interface RemoteReset {
  /** No slash at the end. */
  readonly url: string;
  /** Absolute path; the only authorities its certificate may come from. */
  readonly caFile: string | undefined;
  /** What is shown to it; never logged. */
  readonly secret: string;
  readonly method: ResetConfig['method'];
}

/** Where a reset service without an injector of its own is found. */
export interface ResetListenerConfig {
  /** What callers must show; never logged. */
  readonly secret: string;
  /** What they may show as well while the secret is changed; never logged. */
  readonly previousSecret: string | undefined;
  /** Paths of `tls` are absolute. */
  readonly listen: NonNullable<ParsedConfig['service']>['listen'];
}

/** How files of the web client are kept. */
export interface CacheConfig {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Absolute path. */
  readonly folder: string;
}

/** The configuration in force: checked, complete, never changed. */
export interface Config {
  /** The half that this process is; undefined: both. */
  readonly only: Half | undefined;
  /** Absolute path of the file it came from, or would come from; relative paths begin at its folder. */
  readonly file: string;
  /** False when there is no file, and everything is in the environment. */
  readonly isFromFile: boolean;
  /** Paths of `tls` are absolute. */
  readonly listen: ParsedConfig['listen'];
  /** The address people use, without a slash at the end; undefined when the file does not say. */
  readonly publicUrl: string | undefined;
  /** Whether browsers are told to use https only; without effect where `publicUrl` is not https. */
  readonly isHstsSent: boolean;
  /** All names people reach it by; empty: any. */
  readonly publicHosts: readonly string[];
  /** `url` has no slash at the end and may have a base path; `caFile` and places of the data folder are absolute. */
  readonly jellyfin: Omit<ParsedConfig['jellyfin'], 'dataFolder'> & {
    /** Where to look for the data folder; undefined: it is not to be used. */
    readonly dataFolder: DataFolderSetting | undefined;
  };
  /** What is kept from guests from outside. */
  readonly guard: ParsedConfig['guard'];
  /** Undefined: sign-ins are not throttled. */
  readonly loginThrottle: ParsedConfig['loginThrottle'] | undefined;
  /** Undefined: this process has no reset service, and opens no database. */
  readonly reset: ResetConfig | undefined;
  /** With `only: injector` and a `reset` that is run by another process. */
  readonly remoteReset: RemoteReset | undefined;
  /** With `only: reset`. */
  readonly resetListener: ResetListenerConfig | undefined;
  /** Absolute path of the database file, or a `postgres://` address, which may hold a password. */
  readonly storage: string;
  /** Undefined: no file of the web client is kept. */
  readonly cache: CacheConfig | undefined;
  /** Where files that options of mods name are; `state` changes whenever one of those on this machine does, or what addresses stand for. */
  readonly files: ModFilesSettings & { readonly state: readonly string[] };
  readonly log: ParsedConfig['log'];
  readonly metrics: ParsedConfig['metrics'];
  /** How it ends, in milliseconds. */
  readonly shutdown: ParsedConfig['shutdown'];
  /** Options of each entry that is on, by its id; what `createPlan` takes as `enabled`. */
  readonly enabledMods: SwitchedOn['enabled'];
  /** When an entry is on, by its id; what `createPlan` takes as `conditions`. */
  readonly modConditions: NonNullable<SwitchedOn['conditions']>;
}

/** Where the half that runs listens, for people or for the injector. */
export function listenerOf({
  listen,
  resetListener,
}: Pick<Config, 'listen' | 'resetListener'>): Pick<Config['listen'], 'host' | 'port' | 'tls'> {
  return resetListener?.listen ?? listen;
}

/**
 * Makes the configuration the program works with: relative paths made absolute, mods that are on in their order,
 * and the needs of the reset service beside it.
 *
 * @param file The file it came from; a relative database path begins at its folder.
 * @param about.only The half that this process is.
 * @param about.environment Says where Jellyfin may be installed.
 * @param about.isFromFile Whether there is such a file.
 */
export function resolveConfig(
  parsed: ParsedConfig,
  file: string,
  { mods, channels }: { readonly mods: readonly Mod[]; readonly channels: readonly ChannelSection[] },
  about: {
    readonly only?: Half | undefined;
    readonly environment: Environment;
    readonly isFromFile: boolean;
  },
): Config {
  const { only, environment, isFromFile } = about;
  const absolute = resolve(file);
  const folder = dirname(absolute);
  return {
    only,
    file: absolute,
    isFromFile,
    listen: { ...parsed.listen, tls: resolveTls(parsed.listen.tls, folder) },
    publicUrl: parsed.public?.url,
    isHstsSent: parsed.public?.hsts ?? false,
    publicHosts: resolvePublicHosts(parsed.public),
    jellyfin: {
      ...parsed.jellyfin,
      dataFolder: resolveDataFolder(parsed.jellyfin.dataFolder, folder, environment),
      caFile: parsed.jellyfin.caFile === undefined ? undefined : resolve(folder, parsed.jellyfin.caFile),
    },
    guard: parsed.guard,
    loginThrottle: parsed.loginThrottle.enabled ? parsed.loginThrottle : undefined,
    reset: only === 'injector' ? undefined : resolveReset(parsed, channels, folder),
    remoteReset: only === 'injector' ? resolveRemoteReset(parsed, folder) : undefined,
    resetListener: only === 'reset' ? resolveListener(parsed, folder) : undefined,
    storage: isPostgresAddress(parsed.storage) ? parsed.storage : resolve(folder, parsed.storage),
    cache: resolveCache(parsed, folder),
    files: {
      folder,
      lockFile: resolve(folder, LOCK_FILE),
      storeFolder: resolve(cacheFolderOf(parsed, folder), 'files'),
      allowPrivate: parsed.files.allowPrivate,
      state: [],
    },
    log: parsed.log,
    metrics: parsed.metrics,
    shutdown: parsed.shutdown,
    ...resolveMods(parsed.mods, mods),
  };
}

/** Whoever names further hosts means these and that of the address people use. */
function resolvePublicHosts(own: ParsedConfig['public']): readonly string[] {
  return own === undefined || own.hosts.length === 0 ? [] : [new URL(own.url).hostname, ...own.hosts];
}

function resolveDataFolder(
  setting: string | undefined,
  folder: string,
  environment: Environment,
): DataFolderSetting | undefined {
  if (setting === undefined) return undefined;
  if (setting !== 'auto')
    return { isAuto: false, places: [{ path: resolve(folder, setting), install: 'configured' }] };
  return { isAuto: true, places: dataFolderPlaces({ environment, platform: platform(), home: homedir() }) };
}

function resolveTls(tls: ParsedConfig['listen']['tls'], folder: string): Config['listen']['tls'] {
  if (tls === undefined) return undefined;
  return { certFile: resolve(folder, tls.certFile), keyFile: resolve(folder, tls.keyFile) };
}

function cacheFolderOf({ cache, storage }: ParsedConfig, folder: string): string {
  if (cache.folder !== undefined) return resolve(folder, cache.folder);
  return resolve(folder, isPostgresAddress(storage) ? '.' : dirname(storage), 'gatehouse-cache');
}

function resolveCache(parsed: ParsedConfig, folder: string): CacheConfig | undefined {
  const { cache } = parsed;
  if (!cache.web) return undefined;
  return {
    memoryBytes: cache.memoryMegabytes * 1024 * 1024,
    diskBytes: cache.diskMegabytes * 1024 * 1024,
    folder: cacheFolderOf(parsed, folder),
  };
}

function resolveRemoteReset({ reset, service }: ParsedConfig, folder: string): RemoteReset | undefined {
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || service?.url === undefined) return undefined;
  const { url, secret } = service;
  const caFile = service.caFile === undefined ? undefined : resolve(folder, service.caFile);
  return { url, caFile, secret, method: reset.method };
}

function resolveListener({ service }: ParsedConfig, folder: string): ResetListenerConfig | undefined {
  if (service === undefined) return undefined;
  const { listen, secret, previousSecret } = service;
  return { secret, previousSecret, listen: { ...listen, tls: resolveTls(listen.tls, folder) } };
}
