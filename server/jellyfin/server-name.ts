import type { Clock } from '../ports.ts';
import type { PublicSystemInfo } from './answers.ts';

/** Shown while Jellyfin cannot be asked, or has no name. */
const FALLBACK_NAME = 'Jellyfin';

/** A name changes about never, and every page asks for it. */
const NAME_KEPT_MS = 60_000;

/** Longest wait for the name: a page waits for it. */
const NAME_WAIT_MS = 2_000;

/** Whom to ask. */
interface Asked {
  within(signal: AbortSignal): { publicInfo(): Promise<PublicSystemInfo> };
}

/** Makes `serverName` of the port `Accounts`: asks once a minute; the last name while Jellyfin is away. Never throws. */
export function createServerName(api: Asked, clock: Clock): () => Promise<string> {
  let known = { name: FALLBACK_NAME, until: 0 };
  return async () => {
    if (clock.now() < known.until) return known.name;
    try {
      const { ServerName } = await api.within(AbortSignal.timeout(NAME_WAIT_MS)).publicInfo();
      known = { name: ServerName?.trim() || FALLBACK_NAME, until: clock.now() + NAME_KEPT_MS };
    } catch {
      // The last name it had is better than none.
    }
    return known.name;
  };
}
