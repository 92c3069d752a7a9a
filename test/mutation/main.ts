import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { MUTATED_ROOMS } from './rooms.ts';
import { TESTS_VARIABLE } from './vitest.config.ts';

/** Share of the mutants that tests must notice in each room, in percent. */
const LEAST_SCORE = 85;

const { positionals } = parseArgs({ allowPositionals: true });
const names = positionals.length === 0 ? Object.keys(MUTATED_ROOMS) : positionals;

for (const name of names) {
  const room = MUTATED_ROOMS[name];
  if (room === undefined) {
    throw new RangeError(`no room "${name}"; there are ${Object.keys(MUTATED_ROOMS).join(', ')}`);
  }
  // The tests run in a process of Stryker's, which gets its configuration from a file.
  process.env[TESTS_VARIABLE] = JSON.stringify(room.tests);
  const folder = `.mutation/${name}`;
  // It sets the exit code when the score is too low.
  await new Stryker({
    mutate: [...room.mutate],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // TypeScript 7 has not the API by which Stryker would rewrite this file's paths, and nothing reads it.
    tsconfigFile: 'none',
    ignorePatterns: ['/dist', '/.mutation'],
    tempDirName: '.mutation/sandbox',
    reporters: ['clear-text', 'html', 'json'],
    htmlReporter: { fileName: `${folder}/report.html` },
    jsonReporter: { fileName: `${folder}/report.json` },
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false },
    warnings: { unknownOptions: true, preprocessorErrors: true, unserializableOptions: true, slow: false },
    thresholds: { high: 95, low: 90, break: LEAST_SCORE },
  }).runMutationTest();
}
