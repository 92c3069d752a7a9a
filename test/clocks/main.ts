/**
 * Runs the everyday tests under another clock and in another zone: `npm run test:clocks -- --clock leap-day`.
 * `--clock all` is every clock in turn; what follows is told to vitest, such as names of files.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { fakeTimeVariables } from '../support/clock/faketime.ts';
import { clocksFrom, type TestClock } from './clocks.ts';

/** The one that `npm run test:faults` goes by. */
const STANDING = 'new-year-utc';

const clocks = clocksFrom(Date.now());
const { values, positionals } = parseArgs({
  options: { clock: { type: 'string', default: STANDING } },
  allowPositionals: true,
});
const chosen = values.clock === 'all' ? Object.keys(clocks) : values.clock.split(',');
const unknown = chosen.filter((name) => clocks[name] === undefined);
if (unknown.length > 0)
  throw new Error(`No clock ${unknown.join(', ')}; there are ${Object.keys(clocks).join(', ')}, and all.`);

const failed: string[] = [];
for (const name of chosen) {
  const clock = clocks[name];
  if (clock !== undefined && !(await runUnder(name, clock))) failed.push(name);
}
process.stdout.write(failed.length === 0 ? 'All passed.\n' : `Failed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Answers whether all passed. */
async function runUnder(name: string, { at, timeZone }: TestClock): Promise<boolean> {
  process.stdout.write(`\n${name}: it is ${at} and we are in ${timeZone}.\n`);
  const variables = fakeTimeVariables(Date.parse(at) - Date.now());
  const projects = ['unit', 'integration', 'browser'].flatMap((project) => ['--project', project]);
  const run = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...positionals],
    {
      stdio: 'inherit',
      env: { ...process.env, ...variables, TEST_TIME_ZONE: timeZone },
    },
  );
  const [code] = await once(run, 'exit');
  return code === 0;
}
