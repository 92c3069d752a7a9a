import { expect, it } from 'vitest';
import { redeemInParallel } from '../support/program/parallel-redemption.ts';
import { createRedeemingStage, issueLinks, redeem } from '../support/program/redeeming-stage.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

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

it('two links of one account, redeemed at once at two processes, set one password', {
  timeout: 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 5 });
  const [one, other] = await Promise.all([stage.start(), stage.start()]);
  const [first, second] = [await issueLinks(stage, 1), await issueLinks(stage, 2)];
  const outcomes = await Promise.all(
    stage.people.map(async (name, n) => {
      const [a, b] = await Promise.all([
        redeem(one.url, first[n] ?? '', 'the phrase of the first'),
        redeem(other.url, second[n] ?? '', 'the phrase of the second'),
      ]);
      const winner = a === 200 ? 'the phrase of the first' : 'the phrase of the second';
      return { statuses: [a, b], isRight: stage.jellyfin.user(name).password === winner };
    }),
  );
  for (const { statuses, isRight } of outcomes) {
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409 || status === 410)).toHaveLength(1);
    expect(isRight).toBe(true);
  }
  expect(stage.jellyfin.journal.filter(({ path }) => path.endsWith('/Password'))).toHaveLength(5);
});
