import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DATA_MODS_FOLDER, type DataModDefinition } from '../../injector/kit/data-mod-schema.ts';
import { MOD_YAML, nameFault, readDefinition } from '../config/data-mods.ts';
import { isMap } from '../config/path.ts';
import { ConfigError } from '../config/problems.ts';
import { parseYaml } from '../config/yaml.ts';
import { type ModFiles, type ModSource, readModSource } from './mod-source.ts';

/** A mod that was read and checked, and is not there yet. */
export interface FoundMod {
  readonly definition: DataModDefinition;
  readonly files: ModFiles;
  /** Puts it into the folder of mods. @returns its folder there. */
  add(): Promise<string>;
}

/**
 * Reads a mod and checks it as a configuration would. Nothing of it stays unless it is added.
 *
 * @param folder Of `config.yaml`.
 * @throws {ConfigError} with every problem of its `mod.yaml`.
 * @throws {Error} when it cannot be read, or its name is taken.
 */
export async function findDataMod(
  source: ModSource,
  folder: string,
  builtIn: readonly string[],
): Promise<FoundMod> {
  const files = await readModSource(source);
  const yaml = typeof source === 'string' ? join(source, MOD_YAML) : `${source.address} ${MOD_YAML}`;
  const name = nameOf(files, yaml);
  const fault = nameFault(name, builtIn);
  if (fault !== undefined) throw new Error(`${yaml} is not taken: the mod in it ${fault}`);
  const target = join(folder, DATA_MODS_FOLDER, name);
  await refuseTaken(target);
  const definition = await staged(files, name, join(folder, DATA_MODS_FOLDER), async (place) => {
    const read = await readDefinition(place, name);
    if ('definition' in read) return read.definition;
    throw new ConfigError(read.problems.map((problem) => ({ ...problem, file: yaml })));
  });
  return {
    definition,
    files,
    add: () =>
      staged(files, name, join(folder, DATA_MODS_FOLDER), async (place) => {
        await refuseTaken(target);
        await rename(join(place, name), target);
        return target;
      }),
  };
}

function nameOf(files: ModFiles, yaml: string): string {
  const { tree, problems } = parseYaml(files.get(MOD_YAML)?.toString('utf8') ?? '', yaml);
  if (!isMap(tree)) throw new ConfigError(problems);
  return typeof tree['name'] === 'string' ? tree['name'] : '';
}

/** @throws {Error} when there is something already. */
async function refuseTaken(target: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined)
    throw new Error(`${target} is there already; rename or remove it first, and nothing of yours is lost`);
}

/** Writes the files into a folder of its own beside the mods, where nobody looks, and removes what is left of it afterwards. */
async function staged<T>(
  files: ModFiles,
  name: string,
  modsFolder: string,
  work: (place: string) => Promise<T>,
): Promise<T> {
  await mkdir(modsFolder, { recursive: true });
  const place = await mkdtemp(join(modsFolder, '.adding-'));
  try {
    for (const [path, bytes] of files) {
      const file = join(place, name, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { mode: 0o644, flag: 'wx' });
    }
    return await work(place);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
