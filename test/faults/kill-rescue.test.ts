import { expect, test } from 'vitest';
import { giveTo, makeDatabase } from '../support/rescue/jellyfin-database.ts';
import { DATABASE_VERSIONS } from '../support/rescue/jellyfin-schemas.ts';
import { killRescues, killRescuesOverApi } from '../support/rescue/killed-rescue.ts';
import { startJellyfin } from '../support/rescue/running-jellyfin.ts';

const MINUTES = 60_000;

test.each(DATABASE_VERSIONS.map((version) => ({ version, kills: version === '10.11.11' ? 50 : 10 })))(
  '$kills kills of a rescue of $version leave the old state or the new one, and no file of root’s',
  async ({ version, kills }) => {
    const database = await makeDatabase(version);
    const isRoot = process.getuid?.() === 0;
    const uid = isRoot ? 4242 : (process.getuid?.() ?? 0);
    if (isRoot) giveTo(database, uid);
    const left = await killRescues(database, { kills, seed: kills, password: 'forgotten' });

    expect(left).toHaveLength(kills);
    expect(left.filter(({ state, isSound }) => state === 'mixed' || !isSound)).toEqual([]);
    expect(left.flatMap(({ owners }) => owners.filter((owner) => owner !== uid))).toEqual([]);
    const states = left.map(({ state }) => state);
    process.stdout.write(`${version}: ${states.filter((state) => state === 'old').length} old of ${kills}\n`);
    // Both sides of the moment were met, or it was no test.
    if (kills >= 50) expect(new Set(states)).toEqual(new Set(['old', 'new']));
  },
  20 * MINUTES,
);

test(
  '50 kills of a rescue over the API leave no key behind',
  async () => {
    const running = await startJellyfin('10.11.11');
    const left = await killRescuesOverApi(running, { kills: 50, seed: 50 });
    expect(left.map(({ keys }) => keys)).toEqual(left.map(() => ['Seerr']));
  },
  20 * MINUTES,
);
