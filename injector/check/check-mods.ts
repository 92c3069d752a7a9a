import { findWordsInClient } from '../jellyfin/client-files.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { Plan } from '../kit/plan.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { type Place, placesOf } from './places.ts';

/** What became of the places an entry stands on, in the client that runs. */
export interface ModCheck {
  /** Id of the entry. */
  readonly mod: string;
  /**
   * `lost`: an anchor or a page is not there, or none of the places its rules are for. `partly`: some of these are not, which
   * is usual where versions differ, or one of its files could not be had. `unknown`: the client's files could not all be read.
   */
  readonly state: 'ok' | 'partly' | 'lost' | 'unknown' | 'left-out';
  /** Names of places that are not there; for `left-out` the reason. */
  readonly missing: readonly string[];
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
  const words = new Set(entries.flatMap(({ places }) => places.flatMap(({ ways }) => ways.flat())));
  const isEnough = (found: ReadonlySet<string>) =>
    isQuick && !entries.some(({ places }) => isLost(places, found));
  const { found, isComplete } = await findWordsInClient(upstream, words, isEnough);
  return [
    ...entries.map(({ mod, places }): ModCheck => {
      const missing = places.filter((place) => !isThere(place, found)).map(({ name }) => name);
      const files = plan.missingFiles.filter((one) => one.mod === mod).map(({ reason }) => reason);
      const isOk = missing.length === 0 || (isQuick && !isLost(places, found));
      if (isOk) return { mod, state: files.length === 0 ? 'ok' : 'partly', missing: files };
      missing.unshift(...files);
      if (!isComplete) return { mod, state: 'unknown', missing };
      return { mod, state: isLost(places, found) ? 'lost' : 'partly', missing };
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
