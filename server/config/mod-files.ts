import { readLocks } from '../../injector/files/fetched-files.ts';
import { LockUnreadableError } from '../../injector/files/lock-file.ts';
import { checkLocalFiles } from '../../injector/files/mod-files.ts';
import { filesIn, keyOf, placesOfFiles } from '../../injector/kit/file-option.ts';
import { isWebAddress } from '../../injector/kit/web-address.ts';
import type { Config } from './config.ts';
import type { Finding } from './findings.ts';
import { pathOfEntry } from './mods.ts';

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
  const places = Object.entries(enabledMods).flatMap(([id, options]) =>
    placesOfFiles(options).map(({ file, path }) => ({
      file,
      path: [...pathOfEntry(id, enabledMods), ...path],
    })),
  );
  const findings = problems.flatMap(({ file, message }) =>
    places
      .filter((place) => keyOf(place.file) === keyOf(file))
      .map(({ path }): Finding => {
        return { path, message: `${file.from} ${message}`, part: 'value' };
      }),
  );
  const locked = await stateOfLock(files);
  if ('fault' in locked) {
    const first = places.find(({ file }) => isWebAddress(file.from)) ?? places[0];
    findings.push({ path: first?.path ?? ['mods'], message: locked.fault, part: 'value' });
    return { findings, files };
  }
  return { findings, files: { ...files, state: [...state, ...locked.state] } };
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
