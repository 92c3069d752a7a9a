import { expect, it } from 'vitest';
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
