import { dirname, join } from 'node:path';
import { withOwnMods } from '../../injector/kit/data-mod.ts';
import type { Mod, ModList } from '../../injector/kit/define-mod.ts';
import { checkChannelFiles } from './channel-files.ts';
import { type Config, type Half, resolveConfig } from './config.ts';
import { checkTogether, fillIn, findContradictions } from './cross-checks.ts';
import { type DataMods, readDataMods } from './data-mods.ts';
import {
  applyOverrides,
  type Environment,
  hasFields,
  type Override,
  readEnvironment,
  variableOf,
} from './environment.ts';
import { findConfigFile, readText, USUAL_PLACES } from './files.ts';
import { describeIssue, type Finding, toFindings } from './findings.ts';
import type { JsonSchema } from './json-schema.ts';
import { readMessageFiles } from './message-files.ts';
import { checkModFiles } from './mod-files.ts';
import { findModProblems, findNamedMods } from './mods.ts';
import { formatPath, valueAt } from './path.ts';
import { findPlaceholders, isFilledIn } from './placeholders.ts';
import { ConfigError, type ConfigProblem, inFileOrder, problemOfFile } from './problems.ts';
import { type ChannelSection, createConfigSchema, createJsonSchema } from './schema.ts';
import { type ParsedYaml, parseYaml } from './yaml.ts';

/** Largest configuration file that is read, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** Where the configuration comes from. */
export interface LoadOptions {
  /** Value of `--config`; without it the usual places are searched. */
  readonly configPath?: string | undefined;
  /** `process.env` in the program. */
  readonly environment: Environment;
  /** Mods that may be switched on besides those in the folder `mods/`; `MOD_LIST` of `injector/mods/index.ts` in the program. */
  readonly mods: ModList;
  /** Channels that may be set up; `CHANNELS` of `channels/registry.ts` in the program. */
  readonly channels: readonly ChannelSection[];
  /** Value of `--only`: what this half does not need may be missing. Default both. */
  readonly only?: Half | undefined;
}

/**
 * Loads the configuration: file, if there is one, then environment variables, then the check of both together, then whether the
 * mods that are on get along, and the files they name can be used. Changes nothing.
 *
 * @throws {ConfigError} with every problem at once, in the order of the file.
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  return (await readConfig(options)).config;
}

/** A configuration that can be used, and what in it is doubtful. */
export interface ConfigReading {
  readonly config: Config;
  /**
   * Settings that contradict each other unless something in front of Gatehouse makes them fit, in the order of the file;
   * behind them what is wrong with mods of the folder `mods/` that are off.
   */
  readonly warnings: readonly ConfigProblem[];
}

/**
 * Loads the configuration as `loadConfig`, with its warnings.
 *
 * @throws {ConfigError} with every problem at once, in the order of the file.
 */
export async function readConfig(options: LoadOptions): Promise<ConfigReading> {
  const { configPath, environment, mods } = options;
  const found = findConfigFile({ configPath, environment });
  const file = found ?? USUAL_PLACES[0];
  const own = await readDataMods(dirname(file), mods.names);
  const parsed = found === undefined ? withoutFile(environment) : await readFile(found);
  return await checkWithNamedMods({ file, parsed, own }, options);
}

/**
 * Loads the configuration as `readConfig`, of what a program has in place of a file and the environment.
 *
 * @param tree What would stand in the file.
 * @param folder Absolute path of the folder that relative paths begin at, and where mods of an admin's own are.
 * @throws {ConfigError} with every problem at once.
 */
export async function readConfigTree(
  tree: Record<string, unknown>,
  folder: string,
  options: Pick<LoadOptions, 'mods' | 'channels'>,
): Promise<ConfigReading> {
  const own = await readDataMods(folder, options.mods.names);
  const locate = () => ({ line: 1, column: 1, isFound: false });
  const parsed: Source = { tree, problems: [], locate, isFromFile: true };
  return await checkWithNamedMods(
    { file: join(folder, 'config.yaml'), parsed, own },
    { ...options, environment: {} },
  );
}

async function checkWithNamedMods(
  sources: Omit<Sources, 'builtIn'>,
  options: LoadOptions,
): Promise<ConfigReading> {
  const { environment, mods } = options;
  const named = await mods.load(findNamedMods(mods.names, sources.parsed.tree, environment));
  try {
    return await checkConfig({ ...sources, builtIn: named }, options);
  } catch (error) {
    if (!(error instanceof ConfigError) || named.length === mods.names.length) throw error;
    // What is told of a problem names what was meant, which may be a mod that nobody named.
    return await checkConfig({ ...sources, builtIn: await mods.load() }, options);
  }
}

/** What a configuration is read from. */
interface Sources {
  readonly file: string;
  readonly parsed: Source;
  readonly own: DataMods;
  /** Mods that may be on besides an admin's own. */
  readonly builtIn: readonly Mod[];
}

async function checkConfig(
  { file, parsed, own, builtIn }: Sources,
  { environment, channels, only, mods: { names } }: LoadOptions,
): Promise<ConfigReading> {
  const mods = withOwnMods(builtIn, own.mods);
  let made: JsonSchema | undefined;
  // It takes as long as all else together, and most configurations need none.
  const jsonSchema = () => (made ??= createJsonSchema(mods, channels));
  const { overrides, emptyFiles, ...ofEnvironment } = await readEnvironment(environment, jsonSchema);
  const missed = emptyFiles.filter(({ path }) => !isFilledIn(parsed.tree, path));
  const problems = [...ofEnvironment.problems, ...missed.map(({ problem }) => problem)];
  if (parsed.tree === undefined) throw new ConfigError([...parsed.problems, ...problems]);

  const tree = fillIn(applyOverrides(parsed.tree, overrides), { mods, channels });
  const checked = createConfigSchema(mods, channels).safeParse(tree, { error: describeIssue });
  const contradictions = findContradictions(tree, { channels, only });
  const findings = [
    ...(checked.success ? [] : toFindings(checked.error.issues, tree, jsonSchema())),
    ...findPlaceholders(tree, jsonSchema, only),
    ...checkTogether(tree, { mods, channels }, only),
    ...contradictions.filter(({ isSure }) => isSure),
  ];
  const placed = findings.map((finding) => place(finding, file, parsed, overrides));
  const all = withoutRepetitions([...parsed.problems, ...problems, ...placed]).sort(inFileOrder);
  const { broken, unused } = sortDataMods(own, tree, names);
  if (!checked.success || all.length + broken.length > 0) throw new ConfigError([...all, ...broken]);
  const about = { only, environment, isFromFile: parsed.isFromFile };
  const config = await withMessageFiles(resolveConfig(checked.data, file, { mods, channels }, about));
  const { findings: misfits, files } = await checkModFiles(config);
  const conflicts = [
    ...misfits,
    ...(await checkChannelFiles(config, channels)),
    ...findModProblems(
      { mods, enabled: config.enabledMods, conditions: config.modConditions },
      config.cache !== undefined,
    ),
  ];
  const doubts = contradictions.filter(({ isSure }) => !isSure);
  const warnings = [
    ...doubts.map((doubt) => place(doubt, file, parsed, overrides)).sort(inFileOrder),
    ...unused,
  ];
  if (conflicts.length === 0) return { config: { ...config, files }, warnings };
  throw new ConfigError(
    conflicts
      .map((conflict) => own.place(conflict) ?? place(conflict, file, parsed, overrides))
      .sort(inFileOrder),
  );
}

async function withMessageFiles(config: Config): Promise<Config> {
  const { reset } = config;
  if (reset === undefined) return config;
  return { ...config, reset: { ...reset, messages: await readMessageFiles(reset.messages, config.file) } };
}

/** Problems of mods in the folder: one that is off harms nobody, unless it takes the name of another. */
function sortDataMods(
  { problems }: DataMods,
  tree: Record<string, unknown>,
  builtIn: readonly string[],
): { readonly broken: readonly ConfigProblem[]; readonly unused: readonly ConfigProblem[] } {
  const isBroken = (name: string): boolean => {
    const written = valueAt(tree, ['mods', name]);
    return (written !== undefined && written !== false) || builtIn.includes(name);
  };
  const all = [...problems];
  return {
    broken: all.flatMap(([name, found]) => (isBroken(name) ? found : [])),
    unused: all.flatMap(([name, found]) => (isBroken(name) ? [] : found)),
  };
}

/** A configuration before it is checked: a file that was understood, or no file at all. */
type Source = ParsedYaml & { readonly isFromFile: boolean };

async function readFile(file: string): Promise<Source> {
  const read = await readText(file, MAX_FILE_BYTES);
  if ('fault' in read) throw new ConfigError([problemOfFile(file, read.fault)]);
  return { ...parseYaml(read.text, file), isFromFile: true };
}

/** @throws {ConfigError} when nothing is in the environment either. */
function withoutFile(environment: Environment): Source {
  if (!hasFields(environment)) {
    const message =
      'not found. Looked for --config, GATEHOUSE_CONFIG, ./config.yaml and /config/config.yaml; run `gatehouse init`, which asks and writes one, copy config.example.yaml to one of them, let `gatehouse serve --setup` write one to fill in, or set at least GATEHOUSE_JELLYFIN__URL';
    throw new ConfigError([problemOfFile(USUAL_PLACES[0], message)]);
  }
  const locate = () => ({ line: 1, column: 1, isFound: false });
  return { tree: {}, problems: [], locate, isFromFile: false };
}

/**
 * Says where a finding comes from: a place in the file, the environment variable that said it, or the one that would,
 * where there is no file, or only the environment has the section.
 */
function place(
  { path, message, part }: Finding,
  file: string,
  parsed: Source,
  overrides: readonly Override[],
): ConfigProblem {
  const text = formatPath(path);
  const isWithin = (inner: readonly PropertyKey[], outer: readonly PropertyKey[]) =>
    outer.every((segment, index) => inner[index] === segment);
  const { line, column, isFound } = parsed.locate(path, part);
  const source =
    overrides.find((override) => isWithin(path, override.path)) ??
    (isFound ? undefined : overrides.find((override) => isWithin(override.path, path)));
  const section = path.slice(0, 1);
  const isOfEnvironment =
    !parsed.isFromFile ||
    (path.length > 1 &&
      !parsed.locate(section, 'key').isFound &&
      overrides.some((override) => isWithin(override.path, section)));
  if (source === undefined && !isOfEnvironment) return { file, line, column, path: text, message };
  const variable = source?.variable ?? variableOf(path);
  return { file: variable, line: undefined, column: undefined, path: text, message };
}

/** One problem a field is enough: what comes second mostly follows from the first. */
function withoutRepetitions(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.filter(
    ({ path }, index) => path === '' || problems.findIndex((other) => other.path === path) === index,
  );
}
