import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';

/**
 * The web clients in which each mod is measured by itself: the line most people run. `npm run test:clients` takes the oldest and
 * the newest as well, which has another layout; all mods at once are tried there in everyday runs, too.
 */
export const MOD_CLIENTS: readonly JellyfinVersion[] =
  process.env['TEST_ALL_CLIENTS'] === undefined ? ['10.11.11'] : ['10.8.13', '10.11.11', '12.0'];
