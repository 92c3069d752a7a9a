import { onTestFinished, vi } from 'vitest';

/** Far from UTC, with half an hour of summer time: what counts on whole hours, or on UTC, shows at once. */
const EVERYDAY = 'Australia/Lord_Howe';

/**
 * Puts the tests, and the programs they start, into a zone: that of the variable TEST_TIME_ZONE, else one nobody has in
 * mind. To be called by the config, before anything asks for the time.
 */
export function enterTimeZone(): void {
  process.env['TZ'] = process.env['TEST_TIME_ZONE'] ?? EVERYDAY;
}

/** Lets two minutes pass: a person's client writes his row only when he was last seen over a minute ago. */
export function skipTwoMinutes(): void {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 120_000);
}
