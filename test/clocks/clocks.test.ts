import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { clocksFrom } from './clocks.ts';

/** What a clock on the wall of that zone shows. */
function wall(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(instant);
}

test('tests, and the programs they start, are in the zone that was chosen for them', () => {
  const chosen = process.env['TEST_TIME_ZONE'] ?? 'Australia/Lord_Howe';
  const ask = `process.stdout.write(Intl.DateTimeFormat().resolvedOptions().timeZone)`;
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(chosen);
  expect(execFileSync(process.execPath, ['-e', ask], { encoding: 'utf8' })).toBe(chosen);
});

describe.each([
  Date.UTC(2026, 10, 29, 8),
  Date.UTC(2027, 11, 31, 23, 59),
  Date.UTC(2028, 0, 1),
  Date.UTC(2028, 1, 29, 12),
  Date.UTC(2028, 8, 30),
])('of a run at %d', (now) => {
  const clocks = clocksFrom(now);

  test('each clock is ahead', () => {
    for (const [name, { at }] of Object.entries(clocks)) expect(Date.parse(at), name).toBeGreaterThan(now);
  });

  test.each([
    ['new-year-earliest', /^\d{4}-12-31 23:57/, /^\d{4}-01-01 00:01/],
    ['new-year-latest', /^\d{4}-12-31 23:57/, /^\d{4}-01-01 00:01/],
    ['new-year-utc', /^\d{4}-01-01 13:57/, /^\d{4}-01-01 14:01/],
    ['leap-day', /-02-28 23:57/, /-02-29 00:01/],
    ['leap-day-ends', /-02-29 23:57/, /-03-01 00:01/],
    ['summer-time-begins', /-03-\d\d 01:57/, /-03-\d\d 03:01/],
    ['summer-time-ends', /-10-\d\d 02:57/, /-10-\d\d 02:01/],
    ['half-an-hour-begins', /-10-\d\d 01:57/, /-10-\d\d 02:31/],
    ['half-an-hour-ends', /-04-\d\d 01:57/, /-04-\d\d 01:31/],
  ])('%s goes over the turn of its calendar', (name, before, after) => {
    const { at, timeZone } = clocks[name] ?? { at: '', timeZone: 'UTC' };
    expect(wall(Date.parse(at), timeZone)).toMatch(before);
    expect(wall(Date.parse(at) + 4 * 60_000, timeZone)).toMatch(after);
  });
});
