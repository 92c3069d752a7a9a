import { expect, it } from 'vitest';
import { redeemInParallel } from '../support/parallel-redemption.ts';
import { createRedeemingStage } from '../support/redeeming-stage.ts';
import { usePostgres } from '../support/temp-postgres.ts';

const LINKS = 10;
const TIMES = 20;
const postgres = usePostgres();

// In full, and on SQLite with two processes, in test/faults/parallel-redemption.test.ts.
it(`C3: ${LINKS} links, each redeemed ${TIMES} times at once at two processes on PostgreSQL, set ${LINKS} passwords`, {
  timeout: 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: LINKS, storage: postgres().freshUrl() });
  const started = await Promise.all([stage.start(), stage.start()]);
  const urls = started.map(({ url }) => url);
  const { statuses, right, writes } = await redeemInParallel(stage, urls, { times: TIMES, links: LINKS });
  const { 200: ok, 409: busy = 0, 410: used = 0, ...others } = statuses;
  expect({ ok, right, writes, others }).toEqual({ ok: LINKS, right: LINKS, writes: LINKS, others: {} });
  expect(busy + used).toBe(LINKS * TIMES - LINKS);
});
