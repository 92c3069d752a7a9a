import type { Language } from '../../injector/kit/translations.ts';

const MINUTES_A_DAY = 24 * 60;

/**
 * Says a time span as people do, e.g. `30 minutes`, `1 heure et 30 minutes`, `7 Tage`; a minute at least, and days only from two
 * on. Plurals are those of `Intl`. (`Intl.DurationFormat` would say the same; Node 22 does not have it.)
 */
export function sayDuration(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const days = minutes < 2 * MINUTES_A_DAY ? 0 : Math.floor(minutes / MINUTES_A_DAY);
  const rest = minutes - days * MINUTES_A_DAY;
  const parts = [
    [days, 'day'],
    [Math.floor(rest / 60), 'hour'],
    [rest % 60, 'minute'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => sayUnit(count, unit, language));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(said);
}

function sayUnit(count: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/**
 * Says a moment, with the zone it is meant in.
 *
 * @param at In ms since 1970.
 * @param timeZone Default: the zone of the machine.
 */
export function sayMoment(at: number, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}
