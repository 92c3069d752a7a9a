import type { Disk } from './disk.ts';
import type { LateFile } from './page-loads.ts';

/** The files of a page that browsers ask for late, learned from loads of that page. */
export interface LearnedPreloads {
  /** Files to announce in a page, in the order of their first use; changes at most twice for one page. */
  of(page: string): readonly LateFile[];
  /** False once the list of a page is made for good: further loads change nothing. */
  isOpen(page: string): boolean;
  /** Takes a load into account. */
  learn(page: string, files: readonly LateFile[]): void;
  /** Reads what was learned before the program started anew. Never throws. */
  recall(): Promise<void>;
}

/** After how many loads the list is made, and after how many it is made for good. */
const FIRST_LIST_AT = 2;
const LAST_LIST_AT = 5;
/** Fewer files are no first visit: the browser had the others. */
const LEAST_FILES = 5;
/** Most files announced. */
const MAX_FILES = 80;
const NOTHING: readonly LateFile[] = [];
/** Largest file and most bytes announced, as served: whoever plays at being a browser can waste no more of others. */
const MAX_FILE_BYTES = 512 * 1024;
const MAX_ALL_BYTES = 2 * 1024 * 1024;

interface Learned {
  readonly page: string;
  readonly loads: readonly (readonly LateFile[])[];
  readonly list: readonly LateFile[];
}

/**
 * Makes the list from what browsers did: files of the page's own build only, which the caller sees to. A file is announced when each of the first two loads asked for it, or later
 * four of five.
 *
 * @param origin Address of the Jellyfin the pages are of.
 */
export function createLearnedPreloads(disk: Disk, origin: string): LearnedPreloads {
  const key = `${origin}\npreloads`;
  let current: Learned | undefined;

  return {
    of: (page) => (current?.page === page ? current.list : NOTHING),
    isOpen: (page) => current?.page !== page || current.loads.length < LAST_LIST_AT,
    learn(page, files) {
      const before = current?.page === page ? current : { page, loads: [], list: NOTHING };
      if (before.loads.length >= LAST_LIST_AT) return;
      const largest = Math.max(LEAST_FILES * 2, ...before.loads.map((load) => load.length));
      if (files.length < largest / 2) return;
      const loads = [...before.loads, files];
      const isTime = loads.length === FIRST_LIST_AT || loads.length === LAST_LIST_AT;
      current = { page, loads, list: isTime ? listOf(loads, before.list) : before.list };
      void disk.write({ key, about: {}, body: Buffer.from(JSON.stringify(current)) });
    },
    async recall() {
      const found = await disk.read(key);
      if (found === undefined || current !== undefined) return;
      const { page, loads, list }: Partial<Learned> = JSON.parse(found.body.toString('utf8'));
      if (typeof page !== 'string' || !Array.isArray(loads) || !loads.every(isList) || !isList(list)) return;
      current = { page, loads, list };
    },
  };
}

/** Those that were announced stay: browsers ask for them because of it, so nobody can tell any more. */
function listOf(loads: readonly (readonly LateFile[])[], before: readonly LateFile[]): LateFile[] {
  const seen = new Map<string, { file: LateFile; times: number; places: number }>();
  for (const load of loads) {
    load.forEach((file, place) => {
      const entry = seen.get(file.href) ?? { file, times: 0, places: 0 };
      seen.set(file.href, { file, times: entry.times + 1, places: entry.places + place });
    });
  }
  const more = [...seen.values()]
    .filter(
      ({ file, times }) => times >= loads.length * 0.8 && !before.some(({ href }) => href === file.href),
    )
    .sort((a, b) => a.places / a.times - b.places / b.times)
    .map(({ file }) => file);
  let bytes = 0;
  return [...before, ...more].slice(0, MAX_FILES).filter((file) => {
    if (file.bytes > MAX_FILE_BYTES || bytes + file.bytes > MAX_ALL_BYTES) return false;
    bytes += file.bytes;
    return true;
  });
}

function isList(value: unknown): value is LateFile[] {
  return (
    Array.isArray(value) &&
    value.every(
      (file: Partial<LateFile> | null) =>
        typeof file === 'object' &&
        typeof file?.href === 'string' &&
        typeof file.bytes === 'number' &&
        ['script', 'style'].includes(file.as ?? ''),
    )
  );
}
