import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { enterTimeZone } from './test/support/clock/time-zone.ts';
import { keepCompiledCode } from './test/support/runner/compile-cache.ts';
import { type Project, testFiles } from './test/support/runner/projects.ts';

enterTimeZone();
keepCompiledCode();

const FILES = testFiles();

/** A project of the test files whose imports need it; see test/README.md. */
function project(
  name: Project,
  test: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration {
  return { extends: true, test: { name, include: [...FILES[name]], ...test } };
}

const globalSetup = ['test/support/runner/global-setup.ts'];

export default defineConfig({
  test: {
    projects: [
      // A test that talks to something waits a third of its time; one that has a browser needs a core of its own.
      project('unit', { maxWorkers: 3 }),
      project('integration', { globalSetup, maxWorkers: 3 }),
      project('browser', { globalSetup, maxWorkers: 2, sequence: { groupOrder: 1 } }),
      // What takes longer than everyday runs should: time limits in full, machines under pressure. One at a time: they
      // measure, and nothing is run twice.
      project('faults', {
        globalSetup,
        testTimeout: 120_000,
        maxWorkers: 1,
        retry: 0,
        sequence: { groupOrder: 2 },
      }),
    ],
    setupFiles: ['test/support/runner/timeouts.ts'],
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real sockets, browsers and servers on a machine shared with strangers: a test that fails there once is run once
    // more, and the log marks it. Nobody's own run hides anything.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
