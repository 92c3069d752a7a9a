import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { createDataMod } from '../../injector/kit/data-mod.ts';
import {
  createDataModSchema,
  DATA_MODS_FOLDER,
  type DataModDefinition,
  MAX_MOD_NAME_LENGTH,
  MOD_NAME,
} from '../../injector/kit/data-mod-schema.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { readText } from './files.ts';
import { describeIssue, type Finding, toFindings } from './findings.ts';
import { describeSchema } from './json-schema.ts';
import { formatPath } from './path.ts';
import { type ConfigProblem, inFileOrder, problemOfFile } from './problems.ts';
import { parseYaml } from './yaml.ts';

/** Most mods of an admin's own. */
export const MAX_DATA_MODS = 50;
/** Largest `mod.yaml` that is read, in bytes. */
export const MAX_MOD_YAML_BYTES = 256 * 1024;
/** The file in a folder that makes it a mod. */
export const MOD_YAML = 'mod.yaml';

/** What a folder of an admin's own mods has in it. */
export interface DataMods {
  /** By name, and in their order: also those with problems, so that a configuration may name them. */
  readonly mods: readonly Mod[];
  /** What is wrong with a mod, by its name: it cannot be on. */
  readonly problems: ReadonlyMap<string, readonly ConfigProblem[]>;
  /** Says where in a `mod.yaml` something stands that was found in what a mod is made of; undefined for all else. */
  place(finding: Finding): ConfigProblem | undefined;
}

/**
 * Reads the mods that are data beside a configuration: each a folder in `mods/` with a `mod.yaml` in it. Other folders are
 * none. Never rejects.
 *
 * @param folder Of `config.yaml`.
 * @param builtIn Names of the mods there are already, which are taken.
 */
export async function readDataMods(folder: string, builtIn: readonly string[]): Promise<DataMods> {
  const all = await modFolders(folder);
  const mods: Mod[] = [];
  const problems = new Map<string, readonly ConfigProblem[]>();
  const places = new Map<string, PlaceInMod>();
  for (const [index, name] of all.entries()) {
    const file = join(folder, DATA_MODS_FOLDER, name, MOD_YAML);
    const fault = nameFault(name, builtIn) ?? (index < MAX_DATA_MODS ? undefined : TOO_MANY);
    const read =
      fault === undefined
        ? await readDefinition(join(folder, DATA_MODS_FOLDER), name)
        : { problems: [problemOfFile(file, fault)] };
    if ('problems' in read) problems.set(name, read.problems);
    else places.set(name, read.place);
    if (builtIn.includes(name)) continue;
    mods.push(createDataMod('definition' in read ? read.definition : { ...UNREADABLE, name }));
  }
  return {
    mods,
    problems,
    place({ path, ...finding }) {
      const [section, name, ...rest] = path;
      const inside = rest.indexOf('definition');
      const place = section === 'mods' && inside !== -1 ? places.get(String(name)) : undefined;
      return place?.({ ...finding, path: rest.slice(inside + 1) });
    },
  };
}

/** Where something in a `mod.yaml` stands. */
type PlaceInMod = (finding: Finding) => ConfigProblem;

/** Stands in for a mod whose file is broken; no configuration with it comes into force. */
const UNREADABLE: Omit<DataModDefinition, 'name'> = { title: 'A mod with problems', jellyfin: '*' };

const TOO_MANY = `is one of more than ${MAX_DATA_MODS} mods; move those that you do not use elsewhere`;

/** What is wrong with the name of a folder, as the end of a sentence about its `mod.yaml`. */
export function nameFault(name: string, builtIn: readonly string[]): string | undefined {
  if (!MOD_NAME.test(name) || name.length > MAX_MOD_NAME_LENGTH)
    return `has a name that cannot be that of a mod: use small letters and digits with - between the words, at most ${MAX_MOD_NAME_LENGTH}, such as film-night`;
  if (builtIn.includes(name))
    return 'has the name of a mod that Gatehouse comes with; give its folder another name, and name: the same';
  return undefined;
}

/** Folders with a `mod.yaml` in them, sorted. */
async function modFolders(folder: string): Promise<string[]> {
  const place = join(folder, DATA_MODS_FOLDER);
  const names = await readdir(place).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => ((await exists(join(place, name, MOD_YAML))) ? [name] : [])),
  );
  return found.flat().sort();
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Reads and checks one `mod.yaml`, and looks whether the files that it names are there. Never rejects.
 *
 * @param place Folder that the mod's folder is in.
 * @param name The mod's folder, and the name it must have.
 */
export async function readDefinition(
  place: string,
  name: string,
): Promise<
  | { readonly definition: DataModDefinition; readonly place: PlaceInMod }
  | { readonly problems: readonly [ConfigProblem, ...ConfigProblem[]] }
> {
  const file = join(place, name, MOD_YAML);
  const read = await readText(file, MAX_MOD_YAML_BYTES);
  if ('fault' in read) return { problems: [problemOfFile(file, read.fault)] };
  const smallest = `name: ${name}, title: …, css: …`;
  const { tree, problems, locate } = parseYaml(read.text, file, `{ ${smallest} }`);
  const schema = createDataModSchema(name);
  const checked = tree && schema.safeParse(tree, { error: describeIssue });
  const jsonSchema = describeSchema(schema);
  const findings: Finding[] = [
    ...toFindings(checked?.error?.issues ?? [], tree, jsonSchema),
    ...(checked?.data === undefined ? [] : await missingFiles(join(place, name), checked.data)),
  ];
  // What is missing of a whole is no news where something in it is wrong.
  const told = findings.length === 1 ? findings : findings.filter(({ path }) => path.length > 0);
  const placeInMod: PlaceInMod = ({ path, message, part }) => {
    const { line, column } = locate(path, part);
    return { file, line, column, path: formatPath(path), message };
  };
  const placed = told.map(placeInMod);
  const [first, ...rest] = [...problems, ...placed].sort(inFileOrder);
  if (first !== undefined) return { problems: [first, ...rest] };
  if (checked?.data === undefined) return { problems: [problemOfFile(file, 'cannot be understood')] };
  return { definition: checked.data, place: placeInMod };
}

/** The files that a definition names: where in it, and their path in the folder of the mod. */
export function filesNamed({ name, styles = [], scripts = [], assets = {} }: DataModDefinition) {
  const inFolder = (from: string): string => from.slice(`${DATA_MODS_FOLDER}/${name}/`.length);
  return [
    ...styles.map(({ from }, index) => ({ path: ['styles', index], inside: inFolder(from) })),
    ...scripts.map(({ from }, index) => ({ path: ['scripts', index], inside: inFolder(from) })),
    ...Object.entries(assets).map(([asset, { file, font = '' }]) => ({
      path: ['assets', asset],
      inside: posix.join(inFolder(file.from), font),
    })),
  ];
}

/** What is in them is looked at with the files of all mods. */
async function missingFiles(folder: string, definition: DataModDefinition): Promise<Finding[]> {
  const findings = await Promise.all(
    filesNamed(definition).map(async ({ path, inside }): Promise<Finding[]> => {
      const fault = await fileFault(join(folder, inside));
      const where = `${DATA_MODS_FOLDER}/${definition.name}`;
      return fault === undefined
        ? []
        : [{ path, message: `names ${inside}, which ${fault} ${where}`, part: 'value' }];
    }),
  );
  return findings.flat();
}

async function fileFault(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'does not exist in';
  return found.isFile() ? undefined : 'is not a file in';
}
