/** A night or a day on which something in the calendar turns. */
export interface TestClock {
  /** What the clock shows when the run begins; as an instant, with Z. */
  readonly at: string;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The zones whose day is farthest before and behind that of UTC. */
const EARLIEST = 'Pacific/Kiritimati';
const LATEST = 'Pacific/Pago_Pago';

/**
 * The clocks a run may be told to go by, by name; each is later than now, and stays so.
 *
 * A run takes a quarter of an hour: those that begin before a turn of the calendar see it happen.
 */
export function clocksFrom(now: number): Readonly<Record<string, TestClock>> {
  const later = (ms: number): string => new Date(now + ms).toISOString();
  const year = new Date(now).getUTCFullYear();
  const leapYear = year + 4 - (year % 4);
  return {
    'month-later': { at: later(31 * DAY_MS), timeZone: EARLIEST },
    'year-later': { at: later(366 * DAY_MS), timeZone: LATEST },
    // Three minutes before the year turns there.
    'new-year-earliest': { at: `${year + 1}-12-31T09:57:00Z`, timeZone: EARLIEST },
    'new-year-latest': { at: `${year + 2}-01-01T10:57:00Z`, timeZone: LATEST },
    // The year of UTC, by which nearly everything of ours is reckoned, while it is the next afternoon there.
    'new-year-utc': { at: `${year + 1}-12-31T23:57:00Z`, timeZone: EARLIEST },
    'leap-day': { at: `${leapYear}-02-28T23:57:00Z`, timeZone: 'UTC' },
    'leap-day-ends': { at: `${leapYear}-03-01T10:57:00Z`, timeZone: LATEST },
    // The last Sunday of March and of October at 01:00 UTC; the first Sundays of October and April there.
    'summer-time-begins': { at: before(lastSunday(year + 1, 2) + HOUR_MS), timeZone: 'Europe/Berlin' },
    'summer-time-ends': { at: before(lastSunday(year + 1, 9) + HOUR_MS), timeZone: 'Europe/Berlin' },
    'half-an-hour-begins': {
      at: before(firstSunday(year + 1, 9) - 8.5 * HOUR_MS),
      timeZone: 'Australia/Lord_Howe',
    },
    'half-an-hour-ends': {
      at: before(firstSunday(year + 1, 3) - 9 * HOUR_MS),
      timeZone: 'Australia/Lord_Howe',
    },
  };
}

function before(instant: number): string {
  return new Date(instant - 3 * 60_000).toISOString();
}

/** Midnight in UTC. @param month From 0. */
function firstSunday(year: number, month: number): number {
  const day = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - day) % 7));
}

function lastSunday(year: number, month: number): number {
  const end = Date.UTC(year, month + 1, 0);
  return end - new Date(end).getUTCDay() * DAY_MS;
}
