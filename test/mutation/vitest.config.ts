import { defineConfig } from 'vitest/config';
import { enterTimeZone } from '../support/clock/time-zone.ts';

/** Which tests are asked, as JSON of globs. */
export const TESTS_VARIABLE = 'MUTATION_TESTS';

enterTimeZone();

export default defineConfig({
  test: {
    include: JSON.parse(process.env[TESTS_VARIABLE] ?? '[]') as string[],
    setupFiles: ['test/support/runner/timeouts.ts'],
    expect: { poll: { timeout: 5_000 } },
    testTimeout: 30_000,
    isolate: false,
  },
});
