import { z } from 'zod';

/** A day such as `2026-12-24`, or a minute such as `2026-12-24T18:00`. */
export const dayOption = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/.test(text) && !Number.isNaN(Date.parse(text)), {
    error: 'must be a day such as 2026-12-24, or a minute such as 2026-12-24T18:00',
  });

/** A time zone by its name. Source: the IANA time zone database, as Node knows it. */
export const timeZoneOption = z
  .string()
  .refine(isTimeZone, { error: 'must be a time zone such as Europe/Vienna' });

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A day or minute as a minute, so that comparing texts compares times. */
export const minuteOf = (text: string): string => (text.length === 10 ? `${text}T00:00` : text);

/**
 * What clocks of a zone say, as a text of the form `2026-12-24T18:00`.
 *
 * @param timeZone Default: that of this machine.
 */
export function wallClock(now: Date, timeZone: string | undefined): string {
  const { year = '', month, day, hour, minute } = partsOf(now, timeZone);
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
}

/** The day of the week of a zone, such as `mon`. */
export function weekdayOf(now: Date, timeZone: string | undefined): string {
  return partsOf(now, timeZone).weekday?.toLowerCase() ?? '';
}

/**
 * When clocks of a zone say this, in milliseconds since 1970: the first time where they say it twice, and where they leave it
 * out the moment they jump over it.
 *
 * @param text From `dayOption`.
 * @param timeZone Default: that of this machine.
 */
export function instantOf(text: string, timeZone: string | undefined): number {
  const wanted = minuteOf(text);
  const asUtc = Date.parse(`${wanted}Z`);
  // No zone is further from UTC than 14 hours east and 12 west, and changes are whole quarters of an hour.
  let low = asUtc - 15 * HOUR;
  let high = asUtc + 15 * HOUR;
  const isDue = (at: number): boolean => wallClock(new Date(at), timeZone) >= wanted;
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / (2 * MINUTE)) * MINUTE;
    if (isDue(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a zone says, by the type of each part. */
type Parts = { readonly [type in Intl.DateTimeFormatPartTypes]?: string };

/** Of each zone, what it said last: conditions ask at every request, and `Intl` takes longer than all else of them. */
const said = new Map<string | undefined, Said>();

/** With the minute since 1970 in which it was said. */
interface Said {
  readonly format: Intl.DateTimeFormat;
  readonly minute: number;
  readonly parts: Parts;
}

/** To the minute: zones are whole minutes apart, in our times. */
function partsOf(now: Date, timeZone: string | undefined): Parts {
  const minute = Math.floor(now.getTime() / MINUTE);
  const known = said.get(timeZone);
  if (known?.minute === minute) return known.parts;
  const format =
    known?.format ??
    new Intl.DateTimeFormat('en-US', {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      weekday: 'short',
      hourCycle: 'h23',
      calendar: 'iso8601',
      timeZone,
    });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  said.set(timeZone, { format, minute, parts });
  return parts;
}
