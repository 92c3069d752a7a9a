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
  return {
    file: absolute,
    listen: parsed.listen,
    publicUrl: parsed.public?.url,
    jellyfin: parsed.jellyfin,
    reset: settleReset(parsed),
    storage: resolve(dirname(absolute), parsed.storage),
    log: parsed.log,
    enabledMods: Object.fromEntries(
      mods.flatMap(({ name }) => {
        const options = parsed.mods[name];
        return options === undefined || options === false ? [] : [[name, options]];
      }),
    ),
  };
}

function settleReset({ reset, public: own, jellyfin, mail }: ParsedConfig): ResetConfig | undefined {
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || own === undefined || jellyfin.apiKey === undefined || mail === undefined)
    return undefined;
  return { ...reset, publicUrl: own.url, apiKey: jellyfin.apiKey, mail };
}
