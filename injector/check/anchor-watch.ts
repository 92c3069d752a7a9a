import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { Log } from '../kit/log.ts';
import type { Plan } from '../kit/plan.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { checkMods } from './check-mods.ts';

/** Knows which mods do not find what they change in the client that runs. */
export interface AnchorWatch {
  /** Looks after a while, in the background; a later call takes the place of one before. Never throws. */
  look(plan: Pick<Plan, 'hooks' | 'leftOut' | 'missingFiles'>, version: JellyfinVersion | undefined): void;
  /** What an entry does not find, for people; undefined while nobody knows of anything. */
  lost(id: string): string | undefined;
  /** Looks no more. */
  stop(): void;
}

/** How long after a start it looks, in milliseconds: what people wait for comes first. */
const LOOK_AFTER_MS = 20_000;
/** Most places that are named of one mod. */
const MAX_NAMED = 3;

/**
 * Makes the watch over one Jellyfin.
 *
 * @param readPart As of `checkMods`.
 * @param afterMs How long it waits before it looks. @default 20,000
 */
export function createAnchorWatch(
  upstream: Pick<Upstream, 'ask' | 'basePath'>,
  readPart: (mod: string) => Promise<string | undefined>,
  log: Log,
  afterMs: number = LOOK_AFTER_MS,
): AnchorWatch {
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  let lost = new Map<string, string>();
  async function look(
    plan: Parameters<AnchorWatch['look']>[0],
    version: JellyfinVersion | undefined,
  ): Promise<void> {
    const mine = latest;
    const checks = await checkMods(plan, upstream, version, readPart, true);
    if (mine !== latest) return;
    const found = new Map<string, string>();
    for (const { mod, state, missing } of checks) {
      if (state !== 'lost') continue;
      const named = missing.slice(0, MAX_NAMED);
      found.set(mod, named.join('; '));
      if (!lost.has(mod)) log.warn({ event: 'mod-anchor-missing', mod, missing: named });
    }
    lost = found;
  }

  return {
    look(plan, version) {
      latest += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void look(plan, version), afterMs).unref();
    },
    lost: (id) => lost.get(id),
    stop() {
      latest += 1;
      clearTimeout(timer);
    },
  };
}
