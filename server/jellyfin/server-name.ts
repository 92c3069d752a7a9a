import type { Clock } from '../ports/clock.ts';
import type { PublicSystemInfo } from './answers.ts';

/** Shown while Jellyfin cannot be asked, or has no name. */
const FALLBACK_NAME = 'Jellyfin';

/** A name changes about never, and every page asks for it. */
const NAME_KEPT_MS = 60_000;

/** How long nobody asks again after Jellyfin did not answer: each message that goes out would wait for it. */
const NAME_MISSED_MS = 5_000;

/** Longest wait for the name: a page waits for it. */
const NAME_WAIT_MS = 2_000;

/** Whom to ask. */
interface Asked {
  within(signal: AbortSignal): { publicInfo(): Promise<PublicSystemInfo> };
}

/**
 * Makes `serverName` of the port `Accounts`: asks once a minute, for all who want to know at once; the last name while
 * Jellyfin is away. Never throws.
 */
export function createServerName(api: Asked, clock: Clock): () => Promise<string> {
  let known = { name: FALLBACK_NAME, until: 0 };
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    try {
      const { ServerName } = await api.within(AbortSignal.timeout(NAME_WAIT_MS)).publicInfo();
      known = { name: ServerName?.trim() || FALLBACK_NAME, until: clock.now() + NAME_KEPT_MS };
    } catch {
      // The last name it had is better than none.
      known = { name: known.name, until: clock.now() + NAME_MISSED_MS };
    }
    return known.name;
  }

  return async () => {
    if (clock.now() < known.until) return known.name;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
