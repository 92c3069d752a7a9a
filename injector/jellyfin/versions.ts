/** Lines of Jellyfin that Gatehouse is proved on. */
export const JELLYFIN_MINORS = ['10.8', '10.9', '10.10', '10.11', '12.0'] as const;

/** A line of Jellyfin that Gatehouse is proved on. */
export type JellyfinMinor = (typeof JELLYFIN_MINORS)[number];

/** A Jellyfin version as three numbers. */
export interface JellyfinVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * Reads what `GET /System/Info/Public` says as `Version`, e.g. `10.11.11`; release candidates say `12.0.0` too.
 * Returns undefined for anything else.
 */
export function parseJellyfinVersion(text: string): JellyfinVersion | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** True when `version` is `major.minor.patch` or later. */
export function isAtLeast(version: JellyfinVersion, major: number, minor: number, patch = 0): boolean {
  if (version.major !== major) return version.major > major;
  if (version.minor !== minor) return version.minor > minor;
  return version.patch >= patch;
}
