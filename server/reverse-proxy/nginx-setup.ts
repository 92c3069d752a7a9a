import { isIP } from 'node:net';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
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
}

/** What of the configuration in force an nginx in front goes by. */
export interface NginxSetup {
  readonly gatehouse: ProxiedServer;
  readonly jellyfin: ProxiedServer & { readonly caFile: string | undefined };
  /** Address Gatehouse sees when an nginx on the same machine asks. */
  readonly ownAddress: string;
  /** Whether `listen.trustedProxies` has it. */
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
export async function readNginxSetup(config: Config, mods: ModList): Promise<NginxSetup> {
  const { enabledMods: enabled, modConditions: conditions, listen } = config;
  const { served: files } = await tryModFiles(config);
  const plan = createPlan({
    ...{ mods: await loadEnabledMods(mods, enabled), enabled, conditions, files },
    // Whatever version will run: rather too much comes to Gatehouse than too little.
    jellyfinVersion: undefined,
    // What is wrong with a mod is what `gatehouse check` says.
    onFailure: () => undefined,
  });
  const { origin, basePath, socketPath } = parseJellyfinAddress(config.jellyfin.url);
  const jellyfinScheme = origin.protocol === 'https:' ? 'https' : 'http';
  const host = hostToConnect(listen.host);
  const ownAddress = isIP(host) === 0 ? '127.0.0.1' : host;
  const outside = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  const publicPath = outside?.pathname.replace(/(?<!\/)\/+$/, '') ?? basePath;
  return {
    gatehouse: {
      server: hostAndPort(host, listen.port),
      scheme: listen.tls === undefined ? 'http' : 'https',
      name: outside?.hostname ?? host,
    },
    jellyfin: {
      server:
        socketPath === undefined
          ? `${origin.hostname}:${origin.port || (jellyfinScheme === 'https' ? '443' : '80')}`
          : `unix:${socketPath}`,
      scheme: jellyfinScheme,
      name: origin.hostname,
      caFile: config.jellyfin.caFile,
    },
    ownAddress,
    isTrusted: createClientAddresses(listen.trustedProxies).isTrusted(ownAddress),
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
