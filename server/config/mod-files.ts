import { readLocks } from '../../injector/files/fetched-files.ts';
import { LockUnreadableError } from '../../injector/files/lock-file.ts';
import { checkLocalFiles, lookAtModFiles } from '../../injector/files/mod-files.ts';
import type { FileProblem } from '../../injector/files/serve-files.ts';
import { filesIn, keyOf, placesOfFiles, type ServedFiles } from '../../injector/kit/file-option.ts';
import type { Log } from '../../injector/kit/log.ts';
import { isWebAddress } from '../../injector/kit/web-address.ts';
import type { Config } from './config.ts';
import type { Finding } from './findings.ts';
import { pathOfEntry } from './mods.ts';
import { formatPath } from './path.ts';

/**
 * Looks at the files of this machine that options of mods name. Those at web addresses are nobody's fault who writes the
 * configuration: they are fetched while the program runs.
 *
 * @returns `files` as of `Config`, with what is there now.
 */
export async function checkModFiles({ enabledMods, files }: Pick<Config, 'enabledMods' | 'files'>): Promise<{
  readonly findings: Finding[];
  readonly files: Config['files'];
}> {
  const wanted = filesIn(enabledMods);
  if (wanted.length === 0) return { findings: [], files };
  const { problems, state } = await checkLocalFiles(files.folder, wanted);
  const places = placesOf(enabledMods);
  const findings = findingsOf(problems, places);
  const locked = await stateOfLock(files);
  if ('fault' in locked) {
    const first = places.find(({ file }) => isWebAddress(file.from)) ?? places[0];
    findings.push({ path: first?.path ?? ['mods'], message: locked.fault, part: 'value' });
    return { findings, files };
  }
  return { findings, files: { ...files, state: [...state, ...locked.state] } };
}

const ignore = (): void => undefined;
/** What would be logged is a finding. */
const QUIET: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Looks whether all files that options of mods name can be had, those at web addresses too, of which the mods that run may
 * lack some. Writes nothing.
 *
 * @returns Sentences that begin with the field, such as `mods.custom-css.url: https://…`, and the files for mods.
 */
export async function tryModFiles({ enabledMods, files }: Pick<Config, 'enabledMods' | 'files'>): Promise<{
  readonly missing: readonly string[];
  readonly served: ServedFiles;
}> {
  const { served, problems } = await lookAtModFiles(files, filesIn(enabledMods), QUIET);
  const missing = findingsOf(problems, placesOf(enabledMods)).map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  );
  return { missing, served };
}

function placesOf(enabledMods: Config['enabledMods']) {
  return Object.entries(enabledMods).flatMap(([id, options]) =>
    placesOfFiles(options).map(({ file, path }) => ({
      file,
      path: [...pathOfEntry(id, enabledMods), ...path],
    })),
  );
}

function findingsOf(problems: readonly FileProblem[], places: ReturnType<typeof placesOf>): Finding[] {
  return problems.flatMap(({ file, message }) =>
    places
      .filter((place) => keyOf(place.file) === keyOf(file))
      .map(({ path }): Finding => ({ path, message: `${file.from} ${message}`, part: 'value' })),
  );
}

/** Changes whenever an address stands for something else; or the sentence that says why nobody knows. */
async function stateOfLock(
  files: Config['files'],
): Promise<{ readonly state: readonly string[] } | { readonly fault: string }> {
  try {
    const entries = [...(await readLocks(files))];
    return { state: entries.map(([address, entry]) => `${address} ${JSON.stringify(entry)}`).sort() };
  } catch (error) {
    if (!(error instanceof LockUnreadableError)) throw error;
    return { fault: `cannot be looked up: ${error.message}` };
  }
}
