import { expect, it } from 'vitest';
import { NO_HARM } from '../support/program/kill-aftermath.ts';
import { killInRounds } from '../support/program/kill-rounds.ts';
import { createRedeemingStage } from '../support/program/redeeming-stage.ts';

const KILLS = 5;
const AT_ONCE = 8;

// In full in test/faults/kill.test.ts, where everybody with a good link redeems it in the end.
it(`C1, C2: kill -9 at ${KILLS} random moments of request and redemption, ${AT_ONCE} at once, loses nothing and locks nobody out`, {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: (KILLS + 1) * AT_ONCE });
  await killInRounds(stage, { kills: KILLS, atOnce: AT_ONCE }, async (after) => {
    const { done, used, good, copied, ...harm } = after;
    expect(harm).toEqual(NO_HARM);
    expect(done.length).toBeGreaterThanOrEqual(AT_ONCE);
  });
});
