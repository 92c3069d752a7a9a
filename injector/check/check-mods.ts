import { readClientFiles } from '../jellyfin/client-files.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { Plan } from '../kit/plan.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { type Place, placesOf } from './places.ts';
import { tallyReplacements } from './replaced-text.ts';

/** What became of the places an entry stands on, in the client that runs. */
export interface ModCheck {
  /** Id of the entry. */
  readonly mod: string;
  /**
   * `lost`: an anchor, a page or a text it replaces is not there, or none of the places its rules are for. `partly`: some of
   * these are not, which is usual where versions differ, a text stays as it is in one more file, or one of its own files could
   * not be had. `unknown`: the client's files could not all be read.
   */
  readonly state: 'ok' | 'partly' | 'lost' | 'unknown' | 'left-out';
  /** Names of places that are not there; for `left-out` the reason. */
  readonly missing: readonly string[];
  /** Where the texts it replaces were found, a line each; left out where it replaces none. */
  readonly found?: readonly string[];
}

/**
 * Looks for what each entry of a plan stands on in the files of the running client. Never throws; asks Jellyfin for files
 * only as long as something is not found.
 *
 * @param isQuick Looks only for whether anything is lost, which mostly takes a few files; what else is missing is then not told.
 * @param readPart Gives the code of a mod's part in the browser, undefined where it has none.
 */
export async function checkMods(
  plan: Pick<Plan, 'hooks' | 'leftOut' | 'missingFiles'>,
  upstream: Pick<Upstream, 'ask' | 'basePath'>,
  version: JellyfinVersion | undefined,
  readPart: (mod: string) => Promise<string | undefined>,
  isQuick = false,
): Promise<ModCheck[]> {
  const entries = await Promise.all(
    plan.hooks.map(async (entry) => ({
      mod: entry.mod,
      places: placesOf(
        entry,
        entry.hooks.client === undefined ? undefined : await readPart(entry.mod),
        version,
      ),
    })),
  );
  const left = new Set(entries.flatMap(({ places }) => places.flatMap(({ ways }) => ways.flat())));
  const found = new Set<string>();
  const tally = tallyReplacements(plan.hooks);
  const isEnough = (): boolean => {
    const hasWords = left.size === 0 || (isQuick && !entries.some(({ places }) => isLost(places, found)));
    return hasWords && (tally.isEmpty || (isQuick && tally.isMade()));
  };
  const isComplete =
    isEnough() ||
    (await readClientFiles(
      upstream,
      async ({ name, bytes }) => {
        const text = bytes.toString('latin1');
        for (const word of left) if (text.includes(word) && left.delete(word)) found.add(word);
        await tally.note(name, bytes);
        return isEnough();
      },
      !tally.isEmpty,
    ));
  return [
    ...entries.map(({ mod, places }): ModCheck => {
      const replaced = tally.of(mod);
      const about = { mod, ...(replaced.found && { found: replaced.found }) };
      const gone = places.filter((place) => !isThere(place, found)).map(({ name }) => name);
      const isGone = isLost(places, found) || replaced.isLost;
      const files = plan.missingFiles.filter((one) => one.mod === mod).map(({ reason }) => reason);
      const lost = [...gone, ...replaced.missing];
      const isThereAll = lost.length === 0 || (isQuick && !isGone);
      if (isThereAll) return { ...about, state: files.length === 0 ? 'ok' : 'partly', missing: files };
      const missing = [...files, ...lost];
      if (!isComplete) return { ...about, state: 'unknown', missing };
      return { ...about, state: isGone ? 'lost' : 'partly', missing };
    }),
    ...plan.leftOut.map(({ mod, reason }): ModCheck => ({ mod, state: 'left-out', missing: [reason] })),
  ];
}

function isThere({ ways }: Place, found: ReadonlySet<string>): boolean {
  return ways.some((way) => way.every((word) => found.has(word)));
}

function isLost(places: readonly Place[], found: ReadonlySet<string>): boolean {
  const rules = places.filter(({ isNeeded }) => !isNeeded);
  const hasRules = rules.length === 0 || rules.some((rule) => isThere(rule, found));
  return !hasRules || places.some((place) => place.isNeeded && !isThere(place, found));
}
