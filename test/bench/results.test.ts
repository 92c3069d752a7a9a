import { describe, expect, it } from 'vitest';
import type { ProxyRounds, SlowRound } from './measures.ts';
import { describeResults, type Pair } from './results.ts';

const five = <Value>(value: Value): Value[] => Array.from({ length: 5 }, () => value);
const pairs = (nginx: number, gatehouse: number): Pair[] => five({ nginx, gatehouse });

const SLOW: SlowRound = { heldKilobytes: 70, grownKilobytes: 0, againKilobytes: 1, left: 0 };

/** Figures that meet every target, with some of them replaced. */
function rounds(changed: { slow?: Partial<SlowRound>; api?: Pair[]; idleBytes?: number } = {}): ProxyRounds {
  const slow = five({ nginx: SLOW, gatehouse: { ...SLOW, ...changed.slow } });
  return {
    pairs: {
      page: pairs(1_000, 3_500),
      script: pairs(1_000, 9_000),
      reloaded: pairs(1_000, 4_000),
      api: changed.api ?? pairs(1_000, 450),
      apiCpu: pairs(20, 70),
      filmSpeed: pairs(100, 95),
      filmCpu: pairs(1, 1.1),
      addedP50: pairs(0.1, 0.2),
      addedP99: pairs(0.2, 0.5),
    },
    slow: { length: slow, chunked: slow },
    starts: five({ startMs: 700, idleBytes: changed.idleBytes ?? 85e6 }),
  };
}

const verdicts = (found: ProxyRounds) =>
  Object.fromEntries(
    describeResults(found, undefined).json.rows.map(({ measure, verdict }) => [measure, verdict]),
  );

describe('what the bench says', () => {
  it('is passed when every target is met', () => {
    const { isPassed, json } = describeResults(rounds(), undefined);
    expect(isPassed).toBe(true);
    expect(json.rows.map(({ verdict }) => verdict)).toEqual(json.rows.map(() => 'met'));
  });

  it('judges both ways behind nginx in the same table', () => {
    const way = { page: pairs(1_000, 3_500), api: pairs(1_000, 990), film: pairs(100, 99) };
    const { json, isPassed } = describeResults(rounds(), undefined, { split: way, full: way });
    const added = json.rows.slice(describeResults(rounds(), undefined).json.rows.length);
    expect(added.map(({ measure, verdict }) => `${measure}: ${verdict}`)).toEqual(
      ['index.html, requests/s', 'API, requests/s', '1 GiB stream, bytes/s'].flatMap((what) => [
        `nginx split: ${what}: met`,
        `nginx full: ${what}: met`,
      ]),
    );
    expect(isPassed).toBe(true);
    const slow = { ...way, film: pairs(100, 90) };
    expect(describeResults(rounds(), undefined, { split: slow, full: way }).isPassed).toBe(false);
  });

  it('fails by one row that misses its target', () => {
    const { isPassed } = describeResults(rounds({ slow: { heldKilobytes: 119 } }), undefined);
    expect(isPassed).toBe(false);
    expect(describeResults(rounds({ idleBytes: 105e6 }), undefined).isPassed).toBe(false);
  });

  it('has a row for slow readers of either framing, and none is met by a negative cost', () => {
    const found = verdicts(rounds({ slow: { heldKilobytes: -15 } }));
    expect(found['slow stream, kB, Content-Length']).toBe('undecided');
    expect(found['slow stream, kB, chunked']).toBe('undecided');
  });

  it('asks for what slow readers held and for their connections back', () => {
    const found = verdicts(rounds({ slow: { againKilobytes: 60, left: 1 } }));
    expect(found['a second time, kB more, chunked']).toBe('NOT MET');
    expect(found['left 1 s after, chunked']).toBe('NOT MET');
  });

  it('compares within each pair, so that a slow moment of the machine that hits both changes nothing', () => {
    const slowMoments = [1, 0.3, 0.5, 1, 0.2].map((speed) => ({
      nginx: 1_000 * speed,
      gatehouse: 450 * speed,
    }));
    const { rows } = describeResults(rounds({ api: slowMoments }), undefined).json;
    const row = rows.find(({ measure }) => measure === 'API pass-through, requests/s');
    expect(row?.verdict).toBe('met');
    expect(row?.result.low).toBeCloseTo(0.45);
    expect(row?.result.high).toBeCloseTo(0.45);
  });
});
