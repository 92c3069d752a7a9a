import { dirname, resolve } from 'node:path';
import type { Mod } from '../../injector/kit/define-mod.ts';
import type { Config, ResetConfig } from './config.ts';
import type { ParsedConfig } from './schema.ts';

/**
 * Makes the configuration the program works with: relative paths made absolute, mods that are on in their order,
 * and the needs of the reset service beside it.
 *
 * @param file The file it came from; a relative database path begins at its folder.
 */
export function settle(parsed: ParsedConfig, file: string, mods: readonly Mod[]): Config {
  const absolute = resolve(file);
  const folder = dirname(absolute);
  return {
    file: absolute,
    listen: { ...parsed.listen, tls: settleTls(parsed.listen.tls, folder) },
    publicUrl: parsed.public?.url,
    jellyfin: {
      ...parsed.jellyfin,
      caFile: parsed.jellyfin.caFile === undefined ? undefined : resolve(folder, parsed.jellyfin.caFile),
    },
    guard: parsed.guard,
    reset: settleReset(parsed),
    storage: resolve(folder, parsed.storage),
    log: parsed.log,
    enabledMods: Object.fromEntries(
      mods.flatMap(({ name }) => {
        const options = parsed.mods[name];
        return options === undefined || options === false ? [] : [[name, options]];
      }),
    ),
  };
}

function settleTls(tls: ParsedConfig['listen']['tls'], folder: string): Config['listen']['tls'] {
  if (tls === undefined) return undefined;
  return { certFile: resolve(folder, tls.certFile), keyFile: resolve(folder, tls.keyFile) };
}

function settleReset({ reset, public: own, jellyfin, mail }: ParsedConfig): ResetConfig | undefined {
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || own === undefined || jellyfin.apiKey === undefined || mail === undefined)
    return undefined;
  return { ...reset, publicUrl: own.url, apiKey: jellyfin.apiKey, mail };
}
