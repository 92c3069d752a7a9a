import type { Asset } from '../http/asset.ts';
import { type FileRef, keyOf, type ServedFiles } from '../kit/file-option.ts';
import { FileFaultError } from './file-fault.ts';
import type { FoundFile } from './flatten-style.ts';
import { listLocalFolder, readLocalFile } from './local-file.ts';
import type { Place } from './places.ts';
import { type FileProblem, type FileSources, type ServedOutcome, serveFiles } from './serve-files.ts';

/** Where files that options name are. */
export interface ModFilesSettings {
  /** Absolute path of the folder of `config.yaml`: paths begin there, and nothing outside is read. */
  readonly folder: string;
}

/** Files of one configuration. */
export interface FilesInForce {
  /** As data, for mods. */
  readonly served: ServedFiles;
  /** What has to be reachable for it. */
  readonly assets: readonly Asset[];
  /** Calls back when more of them can be had than before. */
  follow(onBetter: (files: Pick<FilesInForce, 'served' | 'assets'>) => void): void;
  /** Nothing is tried any more. Idempotent. */
  stop(): void;
}

/** What is on this machine, and of addresses what `web` gives. */
export function sourcesOf(
  { folder }: ModFilesSettings,
  web: (address: string) => Promise<FoundFile | undefined>,
): FileSources {
  return {
    async read(place: Place) {
      if ('web' in place) return await web(place.web);
      return { bytes: await readLocalFile(folder, place.local), place };
    },
    list: (path) => listLocalFolder(folder, path),
  };
}

/** For whom addresses are of no interest now. */
export const nothing = async (): Promise<undefined> => undefined;

/**
 * Finds what is wrong with files on this machine, those that styles there name among them; fetches nothing.
 *
 * @returns `state` changes whenever one of them does.
 */
export async function checkLocalFiles(
  settings: ModFilesSettings,
  files: readonly FileRef[],
): Promise<{ readonly problems: readonly FileProblem[]; readonly state: readonly string[] }> {
  const { problems, assets } = await serveFiles(files, sourcesOf(settings, nothing));
  return { problems, state: assets.map(({ path }) => path).sort() };
}

/** As data, for mods. */
function asData({ served, problems, assets }: ServedOutcome): Pick<FilesInForce, 'served' | 'assets'> {
  const reasons = problems.map(({ file, message }): [string, string] => [keyOf(file), message]);
  return { served: Object.fromEntries([...served, ...reasons]), assets };
}

/** Reads the files that options name. Never rejects for a file's sake. */
export async function readModFiles(
  settings: ModFilesSettings | undefined,
  files: readonly FileRef[],
): Promise<FilesInForce> {
  const none = { follow: () => undefined, stop: () => undefined };
  if (settings === undefined || files.length === 0) return { served: {}, assets: [], ...none };
  const refuse = async (): Promise<undefined> => {
    throw new FileFaultError('is an address, and addresses are not fetched yet');
  };
  return { ...asData(await serveFiles(files, sourcesOf(settings, refuse))), ...none };
}
