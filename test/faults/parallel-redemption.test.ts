import { describe, expect, it } from 'vitest';
import { type ParallelOutcome, redeemInParallel } from '../support/program/parallel-redemption.ts';
import { createRedeemingStage, type RedeemingStage } from '../support/program/redeeming-stage.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const LINKS = 100;
const TIMES = 100;
const LONG = { timeout: 20 * 60_000 };

async function startMany(stage: RedeemingStage, count: number): Promise<string[]> {
  const started = await Promise.all(Array.from({ length: count }, () => stage.start()));
  return started.map(({ url }) => url);
}

function expectOneEach({ statuses, right, writes }: ParallelOutcome): void {
  process.stdout.write(`${JSON.stringify({ statuses, right, writes })}\n`);
  const { 200: ok, 409: busy = 0, 410: used = 0, ...others } = statuses;
  expect({ ok, right, writes, others }).toEqual({ ok: LINKS, right: LINKS, writes: LINKS, others: {} });
  expect(busy + used).toBe(LINKS * TIMES - LINKS);
}

describe(`C3: ${LINKS} links, each redeemed ${TIMES} times at once with other passwords, set ${LINKS} passwords`, () => {
  it('in one process on SQLite', LONG, async () => {
    const stage = await createRedeemingStage({ people: LINKS });
    const urls = await startMany(stage, 1);
    expectOneEach(await redeemInParallel(stage, urls, { times: TIMES, links: 10 }));
  });

  it('in two processes on one SQLite file', LONG, async () => {
    const stage = await createRedeemingStage({ people: LINKS });
    const urls = await startMany(stage, 2);
    expectOneEach(await redeemInParallel(stage, urls, { times: TIMES, links: 10 }));
  });

  describe('with PostgreSQL', () => {
    const postgres = usePostgres();

    it('in four processes', LONG, async () => {
      const stage = await createRedeemingStage({ people: LINKS, storage: postgres().freshUrl() });
      const urls = await startMany(stage, 4);
      expectOneEach(await redeemInParallel(stage, urls, { times: TIMES, links: 10 }));
    });
  });
});
