import { defineConfig } from 'vitest/config';
import { enterTimeZone } from './test/support/time-zone.ts';

enterTimeZone();

/** What takes longer than the normal run should: time limits in full, machines under pressure. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/patience.ts'],
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // One at a time: they measure.
    maxWorkers: 1,
  },
});
