import { expect, it } from 'vitest';
import { askBeside } from '../support/growth.ts';

it('C18: beside a million pieces of work and a million rows of the trail requests are quick, and old rows go', async () => {
  const { medianMs, p99Ms } = await askBeside(1_000_000);
  process.stdout.write(
    `request beside 2,000,000 rows: median ${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms\n`,
  );
  expect(medianMs).toBeLessThan(20);
}, 600_000);
