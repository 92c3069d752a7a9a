import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCoalescing } from '../../../injector/http/coalesce.ts';

it('runs once for all who ask for the same at once, and anew when it is done', async () => {
  const once = createCoalescing<string, number>();
  const first = Promise.withResolvers<number>();
  let runs = 0;
  const run = (): Promise<number> => {
    runs += 1;
    return runs === 1 ? first.promise : Promise.resolve(runs);
  };
  const asked = [once('a', run), once('a', run)];
  expect(await once('b', run)).toBe(2);
  first.resolve(1);

  expect(await Promise.all(asked)).toEqual([1, 1]);
  expect(await once('a', run)).toBe(3);
});

it('hands a failure to all who asked, and keeps none', async () => {
  const once = createCoalescing<string, number>();
  const failed = Promise.withResolvers<number>();
  const asked = [once('a', () => failed.promise), once('a', async () => 1)];
  failed.reject(new Error('away'));

  expect(await Promise.allSettled(asked)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  expect(await once('a', async () => 2)).toBe(2);
});

describe('with patience', () => {
  afterEach(() => void vi.useRealTimers());

  /** Jobs that end when the test says so. */
  function jobs() {
    const begun: PromiseWithResolvers<string>[] = [];
    const once = createCoalescing<string, string>(2_000);
    const ask = (): Promise<string> =>
      once('a', () => {
        const job = Promise.withResolvers<string>();
        begun.push(job);
        return job.promise;
      });
    return { begun, ask };
  }

  it('runs once more for all who still wait, and what is done first counts', async () => {
    vi.useFakeTimers();
    const { begun, ask } = jobs();
    const early = [ask(), ask(), ask()];
    await vi.advanceTimersByTimeAsync(1_999);
    expect(begun).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(2);
    const late = [ask(), ask()];
    begun[1]?.resolve('anew');
    expect(await Promise.all([...early, ...late])).toEqual(Array(5).fill('anew'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the first result where that comes after all, and asks no third time for who waits', async () => {
    vi.useFakeTimers();
    const { begun, ask } = jobs();
    const asked = [ask(), ask()];
    await vi.advanceTimersByTimeAsync(20_000);
    expect(begun).toHaveLength(2);
    begun[0]?.resolve('slow');
    expect(await Promise.all(asked)).toEqual(['slow', 'slow']);
  });

  it('fails when both have failed, and at once when nothing else runs', async () => {
    vi.useFakeTimers();
    const { begun, ask } = jobs();
    const first = ask();
    begun[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    const second = ask();
    await vi.advanceTimersByTimeAsync(2_000);
    begun[1]?.reject(new Error('stalled'));
    begun[2]?.reject(new Error('again'));
    await expect(second).rejects.toThrow('again');
    expect(vi.getTimerCount()).toBe(0);
  });
});
