import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';

/**
 * The web clients in which the looks of mods are measured: the line most people run and the newest, which has another
 * layout. `npm run test:clients` takes the oldest as well.
 */
export const MOD_CLIENTS: readonly JellyfinVersion[] =
  process.env['TEST_ALL_CLIENTS'] === undefined ? ['10.11.11', '12.0'] : ['10.8.13', '10.11.11', '12.0'];
