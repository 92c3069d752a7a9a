import { isIP } from 'node:net';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { loadEnabledMods } from '../../injector/kit/data-mod.ts';
import type { ModList } from '../../injector/kit/define-mod.ts';
import { createPlan } from '../../injector/kit/plan.ts';
import { type TakenPath, takenPaths } from '../../injector/taken-paths.ts';
import { parseJellyfinAddress } from '../../injector/upstream/upstream.ts';
import type { Config } from '../config/config.ts';
import { hostAndPort, hostToConnect } from '../config/listen-address.ts';
import { tryModFiles } from '../config/mod-files.ts';

/** A server behind nginx. */
export interface ProxiedServer {
  /** As `server` of an `upstream` block takes it: `127.0.0.1:8096`, `[::1]:8096`, `unix:/run/jellyfin.sock`. */
  readonly server: string;
  readonly scheme: 'http' | 'https';
  /** Name its certificate must have. */
  readonly name: string;
  /** Whether somebody must be asked for its address. */
  readonly isName: boolean;
}

/** Where nginx finds both when it is not on this machine, such as containers by their names; left out, as the configuration says. */
export interface ProxiedAddresses {
  readonly gatehouse: URL | undefined;
  readonly jellyfin: URL | undefined;
}

/** What of the configuration in force an nginx in front goes by. */
export interface NginxSetup {
  readonly gatehouse: ProxiedServer;
  readonly jellyfin: ProxiedServer & { readonly caFile: string | undefined };
  /** Address Gatehouse sees when an nginx on the same machine asks; undefined where nginx is elsewhere. */
  readonly ownAddress: string | undefined;
  /** Whether `listen.trustedProxies` has it, or anything where it is not known. */
  readonly isTrusted: boolean;
  /** Jellyfin's base URL, empty for none. */
  readonly basePath: string;
  /** What nginx strips of the path people see, such as `/jf`; empty for nothing. */
  readonly strippedPath: string;
  /** Host of `public.url`; undefined when the file does not say. */
  readonly publicHost: string | undefined;
  /** As `Config.publicHosts`. */
  readonly hosts: readonly string[];
  readonly taken: readonly TakenPath[];
}

/**
 * Reads what an nginx on this machine needs to know. Asks Jellyfin nothing; files of mods that were never fetched are.
 *
 * @throws {ModConflictError} when two mods claim the same thing.
 */
export async function readNginxSetup(
  config: Config,
  mods: ModList,
  addresses: ProxiedAddresses = { gatehouse: undefined, jellyfin: undefined },
): Promise<NginxSetup> {
  const { enabledMods: enabled, modConditions: conditions, listen } = config;
  const { served: files } = await tryModFiles(config);
  const plan = createPlan({
    ...{ mods: await loadEnabledMods(mods, enabled), enabled, conditions, files },
    // Whatever version will run: rather too much comes to Gatehouse than too little.
    jellyfinVersion: undefined,
    // What is wrong with a mod is what `gatehouse check` says.
    onFailure: () => undefined,
  });
  const { basePath } = parseJellyfinAddress(config.jellyfin.url);
  const outside = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  const publicPath = outside?.pathname.replace(/(?<!\/)\/+$/, '') ?? basePath;
  const isElsewhere = addresses.gatehouse !== undefined && !isLoopbackHost(addresses.gatehouse.hostname);
  const ownAddress = isElsewhere ? undefined : ownAddressOf(listen.host);
  return {
    gatehouse: gatehouseOf(config, outside, addresses.gatehouse),
    jellyfin: { ...jellyfinOf(config, addresses.jellyfin), caFile: config.jellyfin.caFile },
    ownAddress,
    isTrusted:
      ownAddress === undefined
        ? listen.trustedProxies.length > 0
        : createClientAddresses(listen.trustedProxies).isTrusted(ownAddress),
    basePath,
    strippedPath: publicPath.toLowerCase().endsWith(basePath.toLowerCase())
      ? publicPath.slice(0, publicPath.length - basePath.length)
      : '',
    publicHost: outside?.hostname,
    hosts: config.publicHosts,
    taken: takenPaths({
      plan,
      hasReset: config.reset !== undefined || config.remoteReset !== undefined,
      // Of a reset service in another process only that one knows.
      hasLoginThrottle: config.loginThrottle !== undefined || config.remoteReset !== undefined,
      guard: config.guard,
      hasCache: config.cache !== undefined,
    }),
  };
}

function ownAddressOf(listenHost: string): string {
  const host = hostToConnect(listenHost);
  return isIP(host) === 0 ? '127.0.0.1' : host;
}

function gatehouseOf({ listen }: Config, outside: URL | undefined, address: URL | undefined): ProxiedServer {
  if (address !== undefined) return { ...serverAt(address), name: outside?.hostname ?? address.hostname };
  const host = hostToConnect(listen.host);
  return {
    server: hostAndPort(host, listen.port),
    scheme: listen.tls === undefined ? 'http' : 'https',
    name: outside?.hostname ?? host,
    isName: isIP(host) === 0,
  };
}

function jellyfinOf({ jellyfin }: Config, address: URL | undefined): ProxiedServer {
  const { origin, socketPath } = parseJellyfinAddress(jellyfin.url);
  if (address !== undefined) return serverAt(address);
  if (socketPath === undefined) return serverAt(origin);
  return { server: `unix:${socketPath}`, scheme: 'http', name: origin.hostname, isName: false };
}

function serverAt({ protocol, hostname, port }: URL): ProxiedServer {
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    server: `${hostname}:${port || (scheme === 'https' ? '443' : '80')}`,
    scheme,
    name: hostname,
    isName: isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 && !isLoopbackHost(hostname),
  };
}
