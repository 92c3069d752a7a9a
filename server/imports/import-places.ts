import { posix, win32 } from 'node:path';

/** Where programs may keep what contacts are imported from. */
export interface ImportPlaces {
  /** Folders with a folder for each program, called after it, such as `/opt`. */
  readonly shelves: readonly string[];
  /** Folders with a volume for each container: what it is called says little, so each is looked at. */
  readonly volumes: readonly string[];
  /** Folders with a home for each user; shelves are in these. */
  readonly homes: readonly string[];
}

/** What the places depend on. */
export interface ImportSurroundings {
  /** `process.env` in the program. */
  readonly environment: { readonly [name: string]: string | undefined };
  readonly platform: NodeJS.Platform;
  /** Home folder of the user we run as. */
  readonly home: string;
}

const ROOT_SHELVES = ['/', '/app', '/appdata', '/data', '/docker', '/import', '/media', '/mnt', '/srv'];
const OTHER_SHELVES = ['/opt', '/opt/appdata', '/opt/docker', '/opt/stacks', '/srv/appdata', '/srv/docker'];
const SYSTEM_SHELVES = ['/usr/local/share', '/var/lib', '/var/snap'];
const NAS_SHELVES = ['/mnt/user/appdata', '/mnt/cache/appdata', '/volume1/docker', '/volume2/docker'];

/** Shelves of somebody's home. */
const HOME_SHELVES = ['', 'appdata', 'docker', 'stacks', '.config'];

/** Volumes of Docker and Podman for all users. Source: their manuals, "Volumes" and storage.conf(5). */
const VOLUMES = ['/var/lib/docker/volumes', '/var/lib/containers/storage/volumes'];

/** Volumes of a user's own Docker and Podman. */
const HOME_VOLUMES = ['.local/share/docker/volumes', '.local/share/containers/storage/volumes'];

/**
 * The places that are usual. Source: installation guides of Seerr, Jellyseerr, Wizarr and jfa-go, which leave the folder to the
 * administrator, and what unRAID, Synology and Compose files in public repositories choose; jfa-go's own folder is that of the
 * user's configuration (its README).
 */
export function importPlaces({ environment, platform, home }: ImportSurroundings): ImportPlaces {
  if (platform === 'win32') {
    const below = ['APPDATA', 'LOCALAPPDATA', 'ProgramData'].flatMap((name) => environment[name] || []);
    return { shelves: [...below, win32.join(home, 'docker')], volumes: [], homes: [] };
  }
  const { shelves, volumes } = placesInHome(home);
  if (platform === 'darwin')
    return {
      shelves: [...shelves, posix.join(home, 'Library/Application Support'), '/opt', '/usr/local/share'],
      ...{ volumes, homes: [] },
    };
  const configurations = environment['XDG_CONFIG_HOME'] || [];
  return {
    shelves: [
      ...shelves,
      ...[configurations].flat(),
      ...[ROOT_SHELVES, OTHER_SHELVES, SYSTEM_SHELVES, NAS_SHELVES].flat(),
    ],
    volumes: [...volumes, ...VOLUMES],
    homes: ['/home'],
  };
}

/** Those in the home of somebody. */
export function placesInHome(home: string): Pick<ImportPlaces, 'shelves' | 'volumes'> {
  return {
    shelves: HOME_SHELVES.map((folder) => posix.join(home, folder)),
    volumes: HOME_VOLUMES.map((folder) => posix.join(home, folder)),
  };
}
