import { type Config, resolveConfig } from './config.ts';
import { applyOverrides, type Override, readEnvironment } from './environment.ts';
import { readText } from './files.ts';
import { type LoadOptions, MAX_FILE_BYTES } from './load.ts';
import { isMap } from './path.ts';
import { findPlaceholders } from './placeholders.ts';
import { createConfigSchema, createJsonSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';

/** What can be gone by while the configuration cannot be used. */
export interface BareReading {
  /** Where to listen, how to log, and Jellyfin with its guard; no mod, no reset, nothing kept. */
  readonly config: Config;
  /** Whether the environment says where Jellyfin is; if not, the address in `config` means nothing. */
  readonly isJellyfinKnown: boolean;
  /** Whether the first filling in is not over: there is no file, or a placeholder stands in it. */
  readonly isUnfinished: boolean;
}

/** Sections that are believed wherever they stand, when the rest of the file is no good. */
const FROM_FILE = ['listen', 'log'];
/** Fields that are taken from the environment. */
const FROM_ENVIRONMENT = ['listen', 'log', 'guard', 'jellyfin.url', 'jellyfin.caFile'];

/**
 * Reads the little it takes to answer at all, whatever else is wrong. Jellyfin's address is taken from the environment alone:
 * a file that is half written may name any.
 *
 * @param file Path of the configuration file, which may be missing.
 * @returns undefined when even that little is wrong.
 */
export async function readBareConfig(
  file: string,
  { environment, channels }: Pick<LoadOptions, 'environment' | 'channels'>,
): Promise<BareReading | undefined> {
  const jsonSchema = () => createJsonSchema([], channels);
  const { overrides } = await readEnvironment(environment, jsonSchema);
  const read = await readText(file, MAX_FILE_BYTES);
  const written = 'fault' in read ? undefined : parseYaml(read.text, file).tree;
  const isUnfinished =
    'fault' in read ||
    (written !== undefined &&
      findPlaceholders(applyOverrides(written, overrides), jsonSchema, undefined).length > 0);
  const taken = overrides.filter(isTaken);
  const sections = Object.entries(written ?? {}).filter(([name]) => FROM_FILE.includes(name));
  const parsed = check(Object.fromEntries(sections), taken) ?? check({}, taken);
  if (parsed === undefined) return undefined;
  const about = { environment, isFromFile: true };
  return {
    config: resolveConfig(parsed, file, { mods: [], channels: [] }, about),
    isJellyfinKnown: taken.some(({ path }) => path.join('.') === 'jellyfin.url'),
    isUnfinished,
  };
}

function isTaken({ path }: Override): boolean {
  return FROM_ENVIRONMENT.some((field) => `${path.join('.')}.`.startsWith(`${field}.`));
}

/** What stands for Jellyfin's address where nobody said it. */
const NOWHERE = { url: 'http://127.0.0.1:8096' };

function check(sections: Readonly<Record<string, unknown>>, overrides: readonly Override[]) {
  const kept = Object.fromEntries(Object.entries(sections).filter(([, section]) => isMap(section)));
  const passive = { loginThrottle: { enabled: false }, cache: { web: false }, jellyfin: NOWHERE };
  const { data } = createConfigSchema([], []).safeParse(applyOverrides({ ...kept, ...passive }, overrides));
  return data;
}
