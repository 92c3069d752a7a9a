import { expect, it } from 'vitest';
import { NO_HARM, redeemTheGood } from '../support/program/kill-aftermath.ts';
import { killInRounds } from '../support/program/kill-rounds.ts';
import { createRedeemingStage } from '../support/program/redeeming-stage.ts';

const KILLS = 200;
const AT_ONCE = 8;

it(`C1, C2: kill -9 at ${KILLS} random moments of request and redemption, ${AT_ONCE} at once, loses nothing and locks nobody out`, {
  timeout: 60 * 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: (KILLS + 1) * AT_ONCE });
  await killInRounds(stage, { kills: KILLS, atOnce: AT_ONCE }, async (after, url) => {
    const { done, used, good, copied, ...harm } = after;
    const counts = { done: done.length, used: used.length, good: good.length, copied: copied.length };
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(harm).toEqual(NO_HARM);
    // A copy needs a kill between the mail server's word and our writing it down: a few milliseconds of each round.
    expect(copied.length).toBeLessThanOrEqual(KILLS * AT_ONCE);
    // The kills have met all of it.
    for (const count of [used.length - done.length, good.length, done.length])
      expect(count).toBeGreaterThan(0);
    expect(await redeemTheGood(stage, url, good)).toEqual([]);
  });
});
