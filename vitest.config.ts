import { defineConfig } from 'vitest/config';
import { enterTimeZone } from './test/support/time-zone.ts';

enterTimeZone();

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Run by `npm run test:faults`: they take minutes.
    exclude: ['**/node_modules/**', 'test/faults/**'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/patience.ts'],
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores are the smallest machine we promise to pass on; browser journeys need one of them.
    maxWorkers: 2,
    // Real sockets, browsers and servers on a machine shared with strangers: a test that fails there once is run once
    // more, and the log marks it. Nobody's own run hides anything.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
