import { expect, it } from 'vitest';
import { askBeside } from '../support/measure/growth.ts';

it('C18: requests are answered while 20,000 old rows go, and the young ones stay', async () => {
  expect((await askBeside(20_000)).medianMs).toBeLessThan(1_000);
}, 180_000);
