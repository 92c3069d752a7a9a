import { expect, it } from 'vitest';
import { redeemTheGood } from '../support/program/kill-aftermath.ts';
import { killInRounds } from '../support/program/kill-rounds.ts';
import { createRedeemingStage } from '../support/program/redeeming-stage.ts';

const KILLS = Number(process.env['KILLS'] ?? 60);
const AT_ONCE = 8;
/** What Jellyfin makes of a PIN of its own with our dashes. */
const RANDOM = /^-*(?:[\dA-F]-*){8}$/;

// Killed at each single call: test/server/jellyfin/data-folder/dying.test.ts, in the normal run.
it(`C1, C2: with the data folder alone, kill -9 at ${KILLS} random moments, ${AT_ONCE} at once, locks nobody out`, {
  timeout: 60 * 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: KILLS * AT_ONCE, isKeyless: true });
  const plan = { kills: KILLS, atOnce: AT_ONCE, longestMs: 5_000 };
  await killInRounds(stage, plan, async (after, url) => {
    const { done, used, good, copied, unknownPassword, ...faults } = after;
    const counts = {
      done: done.length,
      used: used.length,
      good: good.length,
      random: unknownPassword.length,
    };
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(faults).toEqual({ lost: [], double: [], inVain: [], stuck: [], untold: [] });
    // Killed between PIN and password: a random one is in force, nobody can guess it, and the link is good.
    for (const name of unknownPassword) {
      expect(stage.jellyfin.user(name).password).toMatch(RANDOM);
      expect(good).toContain(name);
    }
    expect(await redeemTheGood(stage, url, good)).toEqual([]);
  });
});
