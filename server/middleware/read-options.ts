import { resolve } from 'node:path';
import type { InjectorSettings } from '../../injector/injector.ts';
import type { ModList } from '../../injector/kit/define-mod.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { readConfigTree } from '../config/load.ts';
import { findNearest } from '../config/nearest.ts';
import { ConfigError, type ConfigProblem, problemOfFile } from '../config/problems.ts';
import type { InjectorOptions } from './injector-options.ts';

/** Each option, and the field of the configuration that it stands for. */
const FIELDS: Readonly<Record<keyof InjectorOptions, string>> = {
  jellyfinUrl: 'jellyfin.url',
  jellyfinCaFile: 'jellyfin.caFile',
  mods: 'mods',
  folder: '',
  cacheFolder: 'cache.folder',
  trustedProxies: 'listen.trustedProxies',
  allowPrivate: 'files.allowPrivate',
  log: '',
};

/** Where a problem is told to be. */
const PLACE = 'createInjector';

/**
 * Checks options as `config.yaml` is checked, and makes settings of the injector of them.
 *
 * @throws {ConfigError} with every problem at once.
 */
export async function readOptions(options: InjectorOptions, mods: ModList): Promise<InjectorSettings> {
  refuseUnknown(options);
  const { jellyfinUrl, jellyfinCaFile, cacheFolder, trustedProxies = [], allowPrivate = [] } = options;
  const tree = {
    jellyfin: { url: jellyfinUrl, ...(jellyfinCaFile === undefined ? {} : { caFile: jellyfinCaFile }) },
    listen: { trustedProxies: [...trustedProxies] },
    cache: cacheFolder === undefined ? { web: false } : { folder: cacheFolder },
    files: { allowPrivate: [...allowPrivate] },
    mods: structuredClone(options.mods ?? {}),
  };
  const config = await readTree(tree, resolve(options.folder ?? '.'), mods);
  return {
    jellyfinUrl: config.jellyfin.url,
    jellyfinCa: await readAuthority(config.jellyfin.caFile, 'jellyfin'),
    trustedProxies: config.listen.trustedProxies,
    enabledMods: config.enabledMods,
    modConditions: config.modConditions,
    files: config.files,
    cache: config.cache,
  };
}

async function readTree(tree: Record<string, unknown>, folder: string, mods: ModList): Promise<Config> {
  try {
    return (await readConfigTree(tree, folder, { mods, channels: [] })).config;
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map(inOptions)) : error;
  }
}

/** A problem of the configuration, in words of the options. Those of a file of its own, such as a `mod.yaml`, stay. */
function inOptions(problem: ConfigProblem): ConfigProblem {
  if (!problem.file.endsWith('config.yaml')) return problem;
  const message = problem.message.replace(
    'with cache.web: false; remove that line',
    'without a cacheFolder; name one',
  );
  const [option, field = ''] =
    Object.entries(FIELDS).find(([, path]) => path !== '' && problem.path.startsWith(path)) ?? [];
  const path = option === undefined ? problem.path : `${option}${problem.path.slice(field.length)}`;
  return { ...problemOfFile(PLACE, message), path };
}

function refuseUnknown(options: InjectorOptions): void {
  const known = Object.keys(FIELDS);
  const problems = Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name): ConfigProblem => {
      const near = findNearest(name, known);
      const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
      return { ...problemOfFile(PLACE, `is not an option; ${hint}`), path: name };
    });
  if (problems.length > 0) throw new ConfigError(problems);
}
