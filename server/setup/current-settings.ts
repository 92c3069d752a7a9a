import { applyOverrides, type Environment, readEnvironment } from '../config/environment.ts';
import { readText } from '../config/files.ts';
import { MAX_FILE_BYTES } from '../config/load.ts';
import { valueAt } from '../config/path.ts';
import { findPlaceholders } from '../config/placeholders.ts';
import { ConfigError, problemOfFile } from '../config/problems.ts';
import { type ChannelSection, createJsonSchema } from '../config/schema.ts';
import { STARTER } from '../config/starter.ts';
import { parseYaml } from '../config/yaml.ts';

/** What is set already, in the file and in the environment, whether all of it fits or not. */
export interface CurrentSettings {
  /** Text of the file; undefined where there is none, or nobody touched the one that the first start wrote. */
  readonly text: string | undefined;
  /** A field that is a text; undefined where there is none, or a placeholder. @param path As `jellyfin.url`. */
  get(path: string): string | undefined;
  /** Whether a group or field is there. */
  has(path: string): boolean;
  /** The variable that gives a field its value, and goes before the file; undefined where none does. */
  fixedBy(path: string): string | undefined;
  /** Fields that are still placeholders, as `mail.from`. */
  readonly placeholders: readonly string[];
  /** Variables that name an empty file, with the field they are for; what is written to the configuration counts as long as it is. */
  readonly emptyFiles: readonly { readonly variable: string; readonly field: string }[];
}

/**
 * Reads it. Changes nothing.
 *
 * @param file Need not be there.
 * @throws {ConfigError} when the file cannot be read, or is no YAML, and where the environment would go before it with what cannot
 * be used, such as a file of a secret that is not there: nothing in the file could mend that.
 */
export async function readCurrentSettings(
  file: string,
  environment: Environment,
  channels: readonly ChannelSection[],
): Promise<CurrentSettings> {
  const schema = () => createJsonSchema([], channels);
  const read = await readEnvironment(environment, schema);
  const { overrides, problems: ofEnvironment } = read;
  // Mods are not known here; whoever reads the whole configuration says what is wrong with theirs.
  const sure = ofEnvironment.filter((problem) => !/^GATEHOUSE_MODS_/i.test(problem.file));
  if (sure.length > 0) throw new ConfigError(sure);
  const text = await readFileText(file);
  const { tree, problems } = text === undefined ? { tree: {}, problems: [] } : parseYaml(text, file);
  if (tree === undefined) throw new ConfigError(problems);
  const whole = applyOverrides(tree, overrides);
  const placeholders = new Set(findPlaceholders(whole, schema, undefined).map(({ path }) => path.join('.')));
  return {
    text,
    get(path) {
      const value = valueAt(whole, path.split('.'));
      return typeof value === 'string' && !placeholders.has(path) ? value : undefined;
    },
    has: (path) => valueAt(whole, path.split('.')) !== undefined,
    fixedBy: (path) => overrides.find((one) => one.path.join('.') === path)?.variable,
    placeholders: [...placeholders],
    emptyFiles: read.emptyFiles.map(({ variable, path }) => ({ variable, field: path.join('.') })),
  };
}

/** Says that the environment goes before an answer; undefined where it does not, or says the same. */
export function describeFixed(current: CurrentSettings, path: string, answer: string): string | undefined {
  const variable = current.fixedBy(path);
  const value = current.get(path);
  if (variable === undefined || value === answer) return undefined;
  return `${variable} in the environment says ${value ?? 'otherwise'}, and goes before what is answered here. Answer the same, or change it there and start Gatehouse anew.`;
}

async function readFileText(file: string): Promise<string | undefined> {
  const read = await readText(file, MAX_FILE_BYTES);
  if ('text' in read) return read.text === STARTER || read.text.trim() === '' ? undefined : read.text;
  if (read.fault.startsWith('does not exist')) return undefined;
  throw new ConfigError([problemOfFile(file, read.fault)]);
}
