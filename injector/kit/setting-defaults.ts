import { satisfies } from 'semver';
import type { ClientSetting, Device } from '../jellyfin/client-settings.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';

/** What a setting of the client is where a person has chosen nothing. */
export interface SettingDefault {
  /**
   * As the client keeps it: `true`, `false`, a number or a word, as text. Where devices differ, by device: one that is
   * left out keeps the client's own.
   */
  readonly value: string | { readonly [device in Device]?: string };
  /** Whether it is so whatever the person chose. */
  readonly isForced: boolean;
}

/** The same for some versions of Jellyfin only, where they have different words for one thing. */
export interface VersionedDefault extends SettingDefault {
  /** A semver range, e.g. `>=12`. */
  readonly jellyfin: string;
}

/** Settings of the client by name; of several for one setting the first counts whose versions fit. */
export type SettingDefaults = {
  readonly [S in ClientSetting]?: SettingDefault | readonly VersionedDefault[];
};

/**
 * Picks what holds on the running Jellyfin.
 *
 * @param running As `10.11.11`; undefined while nobody knows: then what differs by version is left to the client.
 */
export function defaultsOn(
  running: JellyfinVersion | undefined,
  wanted: SettingDefaults = {},
): [ClientSetting, SettingDefault][] {
  const version = running && `${running.major}.${running.minor}.${running.patch}`;
  const all = Object.entries(wanted) as [ClientSetting, SettingDefault | readonly VersionedDefault[]][];
  return all.flatMap(([name, one]) => {
    if ('value' in one) return [[name, one]];
    const found = version && one.find(({ jellyfin }) => satisfies(version, jellyfin));
    return found ? [[name, { value: found.value, isForced: found.isForced }]] : [];
  });
}
