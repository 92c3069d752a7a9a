import type { Texts } from './texts/en.ts';

/** Says a time span in hours and minutes as people do, e.g. `30 minutes`, `2 heures`; a minute at least. */
export function sayDuration(ms: number, texts: Texts): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return texts.minutes(rest);
  return rest === 0 ? texts.hours(hours) : `${texts.hours(hours)} ${texts.and} ${texts.minutes(rest)}`;
}
