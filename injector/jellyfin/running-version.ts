import { askUpstream, type Upstream } from '../http/upstream.ts';
import { isAtLeast, type JellyfinVersion, parseJellyfinVersion } from './versions.ts';

/** Knows which version of Jellyfin runs behind us. */
export interface RunningVersion {
  /** Undefined until Jellyfin has answered once. */
  current(): JellyfinVersion | undefined;
  /** False once a version from 12.0 on was seen. Source: the prefixes are gone in 12.0. */
  hasLegacyPrefixes(): boolean;
  /** Whether the start-up wizard has been gone through; undefined until Jellyfin has answered once. */
  isWizardDone(): boolean | undefined;
  /** Calls back when the version becomes known or changes. Returns what ends the watch. */
  watch(onChange: (version: string) => void): () => void;
}

/** How often Jellyfin is asked until it has answered, and after that, in milliseconds. */
const ASK_UNKNOWN_MS = 2_000;
const ASK_KNOWN_MS = 60_000;
/** The same while the wizard is open, which is not for long. */
const ASK_WIZARD_MS = 2_000;

/**
 * Watches `GET /System/Info/Public`. An answer without `Version` in PascalCase comes from the start-up server and does
 * not count. Source: SystemController; real servers of 10.11.11 and 12.0 while starting.
 */
export function createRunningVersion(upstream: Upstream): RunningVersion {
  let known: string | undefined;
  let isWizardDone: boolean | undefined;

  async function ask(): Promise<string | undefined> {
    const path = `${upstream.basePath}/System/Info/Public`;
    const headers = { accept: 'application/json', 'accept-encoding': 'identity', host: upstream.origin.host };
    const answer = await askUpstream(upstream, path, headers);
    if (answer.status !== 200) return undefined;
    const body: unknown = JSON.parse(answer.body.toString('utf8'));
    if (typeof body !== 'object' || body === null || !('Version' in body)) return undefined;
    const { Version: version } = body;
    if (typeof version !== 'string' || parseJellyfinVersion(version) === undefined) return undefined;
    if ('StartupWizardCompleted' in body) isWizardDone = body.StartupWizardCompleted === true;
    return version;
  }

  const current = (): JellyfinVersion | undefined =>
    known === undefined ? undefined : parseJellyfinVersion(known);

  return {
    current,
    isWizardDone: () => isWizardDone,
    hasLegacyPrefixes() {
      const version = current();
      return version === undefined || !isAtLeast(version, 12, 0);
    },
    watch(onChange) {
      let timer: NodeJS.Timeout | undefined;
      let isOver = false;
      const look = async (): Promise<void> => {
        const found = await ask().catch(() => undefined);
        if (isOver) return;
        if (found !== undefined && found !== known) {
          known = found;
          onChange(found);
        }
        const pauseMs = isWizardDone === false ? ASK_WIZARD_MS : ASK_KNOWN_MS;
        timer = setTimeout(look, known === undefined ? ASK_UNKNOWN_MS : pauseMs).unref();
      };
      void look();
      return () => {
        isOver = true;
        clearTimeout(timer);
      };
    },
  };
}
