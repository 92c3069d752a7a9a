import { JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';

/**
 * The web clients in which each mod is measured by itself: the line most people run. `npm run test:clients` takes the oldest and
 * the newest as well, which has another layout; all mods at once are tried there in everyday runs, too.
 */
export const MOD_CLIENTS: readonly JellyfinVersion[] =
  process.env['TEST_ALL_CLIENTS'] === undefined ? ['10.11.11'] : ['10.8.13', '10.11.11', '12.0'];

/** The web clients that what carries mods is tried in: the ends and the usual one; all of them in `npm run test:clients`. */
export const RUNTIME_CLIENTS: readonly JellyfinVersion[] =
  process.env['TEST_ALL_CLIENTS'] === undefined ? ['10.8.13', '10.11.11', '12.0'] : JELLYFIN_VERSIONS;
