import { posix, win32 } from 'node:path';

/** A place where some way of installing Jellyfin keeps its data. */
export interface DataFolderPlace {
  readonly path: string;
  /** For people, such as `Debian, Ubuntu, Fedora, Arch`. */
  readonly install: string;
}

/** What the places depend on. */
export interface Surroundings {
  /** `process.env` in the program. */
  readonly environment: { readonly [name: string]: string | undefined };
  readonly platform: NodeJS.Platform;
  /** Home folder of the user we run as. */
  readonly home: string;
}

/**
 * The places where Jellyfin's data folder may be, the likeliest first: the one in which it writes `passwordreset*.json`,
 * which is its `--datadir` and not the folder `data` in it. Source: jellyfin StartupHelpers.cs, the packages, and the
 * images of Jellyfin and linuxserver.io.
 */
export function dataFolderPlaces({ environment, platform, home }: Surroundings): readonly DataFolderPlace[] {
  const { join } = platform === 'win32' ? win32 : posix;
  const below = (variable: string, install: string, ...rest: string[]): DataFolderPlace[] => {
    const base = environment[variable];
    return base === undefined || base === '' ? [] : [{ path: join(base, ...rest), install }];
  };
  const told = below('JELLYFIN_DATA_DIR', 'JELLYFIN_DATA_DIR');
  if (platform === 'win32') {
    return [
      ...told,
      ...below('ProgramData', 'Windows installer', 'Jellyfin', 'Server'),
      ...below('LOCALAPPDATA', 'portable, or an old Windows installer', 'jellyfin'),
    ];
  }
  const portable = [
    ...below('XDG_DATA_HOME', 'portable', 'jellyfin'),
    { path: join(home, '.local/share/jellyfin'), install: 'portable' },
  ];
  if (platform === 'darwin') {
    return [
      ...told,
      { path: join(home, 'Library/Application Support/jellyfin'), install: 'macOS app' },
      ...portable,
    ];
  }
  return [
    ...told,
    { path: '/jellyfin', install: "mounted as in Gatehouse's compose.yaml" },
    // Before /config: on linuxserver's image that is there too, and is not the data folder.
    { path: '/config/data', install: 'Docker image of linuxserver.io' },
    { path: '/config', install: 'Docker image of Jellyfin' },
    { path: '/var/lib/jellyfin', install: 'Debian, Ubuntu, Fedora, Arch' },
    { path: '/var/db/jellyfin', install: 'FreeBSD' },
    ...portable,
    { path: join(home, '.var/app/org.jellyfin.JellyfinServer/data/jellyfin'), install: 'Flatpak' },
  ];
}

/** Where the data folder is to be looked for: the one place of the config, or every one there can be. */
export interface DataFolderSetting {
  readonly isAuto: boolean;
  readonly places: readonly DataFolderPlace[];
}
