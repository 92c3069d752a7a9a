import type { Probe } from './readiness.ts';
import { isAtLeast, type JellyfinVersion, parseJellyfinVersion } from './versions.ts';

/** Knows which Jellyfin runs behind us: its version and its name. What it knew last stays while Jellyfin is away. */
export interface RunningVersion {
  /** Undefined until Jellyfin has answered once. */
  current(): JellyfinVersion | undefined;
  /** As Jellyfin says it, e.g. `10.11.11`. */
  text(): string | undefined;
  /** False once a version from 12.0 on was seen. Source: the prefixes are gone in 12.0. */
  hasLegacyPrefixes(): boolean;
  /** Whether the start-up wizard has been gone through; undefined until Jellyfin has answered once. */
  isWizardDone(): boolean | undefined;
  /** What the server is called; undefined until Jellyfin has said a name. */
  serverName(): string | undefined;
  /** Takes down what a probe of Jellyfin found; true when it is another version than before. */
  note(probe: Probe): boolean;
}

/** Makes one that knows nothing yet. */
export function createRunningVersion(): RunningVersion {
  let known: string | undefined;
  /** Read once: every request asks. */
  let version: JellyfinVersion | undefined;
  let isWizardDone: boolean | undefined;
  let serverName: string | undefined;
  return {
    current: () => version,
    text: () => known,
    isWizardDone: () => isWizardDone,
    serverName: () => serverName,
    hasLegacyPrefixes: () => version === undefined || !isAtLeast(version, 12, 0),
    note(probe) {
      isWizardDone = probe.isWizardDone ?? isWizardDone;
      serverName = probe.serverName ?? serverName;
      if (probe.version === undefined || probe.version === known) return false;
      known = probe.version;
      version = parseJellyfinVersion(known);
      return true;
    },
  };
}
