import type { Asset } from '../http/asset.ts';
import { inTime } from '../http/in-time.ts';
import { type FileRef, keyOf, type ServedFiles } from '../kit/file-option.ts';
import type { Log } from '../kit/log.ts';
import { type FetchSettings, openFetchedFiles } from './fetched-files.ts';
import type { FoundFile } from './flatten-style.ts';
import { listLocalFolder, readLocalFile } from './local-file.ts';
import { type FileProblem, type FileSources, type ServedOutcome, serveFiles } from './serve-files.ts';

/** Where files that options name are. */
export interface ModFilesSettings extends FetchSettings {
  /** Absolute path of the folder of `config.yaml`: paths begin there, and nothing outside is read. */
  readonly folder: string;
}

/** Files of one configuration. */
export interface FilesInForce {
  /** As data, for mods. */
  readonly served: ServedFiles;
  /** What has to be reachable for it. */
  readonly assets: readonly Asset[];
  /** Calls back when something of it is different now: what could not be fetched is tried again, ever less often. */
  follow(onOther: (files: Pick<FilesInForce, 'served' | 'assets'>) => void): void;
  /** Nothing is tried any more. Idempotent. */
  stop(): void;
}

/** What is on this machine, and of addresses what `web` gives. */
export function sourcesOf(
  folder: string,
  web: (address: string, isPart: boolean) => Promise<FoundFile | undefined>,
): FileSources {
  return {
    async read(place, isPart = false) {
      if ('web' in place) return await web(place.web, isPart);
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
 * @param folder As of `ModFilesSettings`.
 * @returns `state` changes whenever one of them does.
 */
export async function checkLocalFiles(
  folder: string,
  files: readonly FileRef[],
): Promise<{ readonly problems: readonly FileProblem[]; readonly state: readonly string[] }> {
  const { problems, assets } = await serveFiles(files, sourcesOf(folder, nothing));
  return { problems, state: assets.map(({ path }) => path).sort() };
}

/** How long a configuration that comes into force waits for what must be fetched, in milliseconds. */
export const FIRST_WAIT_MS = 3_000;
/** When what could not be fetched is tried again, in milliseconds; then after twice as long, up to the last. */
export const RETRY_MS = { first: 15_000, last: 60 * 60_000 } as const;

/** As data, for mods. */
function asData({ served, problems, assets }: ServedOutcome): Pick<FilesInForce, 'served' | 'assets'> {
  const reasons = problems.map(({ file, message }): [string, string] => [keyOf(file), message]);
  return { served: Object.fromEntries([...served, ...reasons]), assets };
}

const mayBeOther = ({ problems }: ServedOutcome): boolean => problems.some(({ isPassing }) => isPassing);

/**
 * What the files that options name are now, for who only looks: nothing is written, what was never fetched is fetched and
 * forgotten. Never rejects for a file's sake.
 */
export async function lookAtModFiles(
  settings: ModFilesSettings,
  files: readonly FileRef[],
  log: Log,
): Promise<{ readonly served: ServedFiles; readonly problems: readonly FileProblem[] }> {
  if (files.length === 0) return { served: {}, problems: [] };
  const fetched = await openFetchedFiles(settings, log);
  const web = (address: string, isPart: boolean) =>
    fetched.find(address, { mayFetch: true, isPart, isKept: false });
  const outcome = await serveFiles(files, sourcesOf(settings.folder, web));
  return { served: asData(outcome).served, problems: outcome.problems };
}

/**
 * Reads the files that options name: at once what is on this machine, and what is not there yet from its address. Never
 * rejects for a file's sake; nobody waits longer than 3 s for the internet.
 *
 * @param retryMs As `RETRY_MS`; tests do not wait as long.
 */
export async function readModFiles(
  settings: ModFilesSettings | undefined,
  files: readonly FileRef[],
  log: Log,
  retryMs: { readonly first: number; readonly last: number } = RETRY_MS,
): Promise<FilesInForce> {
  if (settings === undefined || files.length === 0)
    return { served: {}, assets: [], follow: () => undefined, stop: () => undefined };
  const fetched = await openFetchedFiles(settings, log);
  let isStopped = false;
  const attempt = async (mayFetch: boolean): Promise<ServedOutcome> => {
    const web = (address: string, isPart: boolean) => fetched.find(address, { mayFetch, isPart });
    const outcome = await serveFiles(files, sourcesOf(settings.folder, web));
    if (!isStopped) await fetched.save();
    return outcome;
  };
  const atHand = await attempt(false);
  const whole = mayBeOther(atHand) ? attempt(true) : Promise.resolve(atHand);
  let latest = await inTime(whole, FIRST_WAIT_MS, () => atHand);
  let timer: NodeJS.Timeout | undefined;
  return {
    ...asData(latest),
    follow(onOther) {
      let delayMs = retryMs.first;
      const take = (next: ServedOutcome): void => {
        if (isStopped) return;
        const isOther = JSON.stringify(asData(next).served) !== JSON.stringify(asData(latest).served);
        latest = next;
        if (isOther) onOther(asData(next));
        if (!mayBeOther(next)) return;
        timer = setTimeout(() => void attempt(true).then(take), delayMs).unref();
        delayMs = Math.min(2 * delayMs, retryMs.last);
      };
      void whole.then(take);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
