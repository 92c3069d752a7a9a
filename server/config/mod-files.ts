import { checkLocalFiles } from '../../injector/files/mod-files.ts';
import { filesIn, keyOf, placesOfFiles } from '../../injector/kit/file-option.ts';
import type { Config } from './config.ts';
import type { Finding } from './findings.ts';

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
  const places = placesOfFiles(enabledMods);
  const findings = problems.flatMap(({ file, message }) =>
    places
      .filter((place) => keyOf(place.file) === keyOf(file))
      .map(({ path }): Finding => {
        return { path: ['mods', ...path], message: `${file.from} ${message}`, part: 'value' };
      }),
  );
  return { findings, files: { ...files, state } };
}
