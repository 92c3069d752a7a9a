import type { Language } from '../../injector/kit/translations.ts';

/** Says a time span in hours and minutes as people do, e.g. `30 minutes`, `2 heures`; a minute at least. */
export function sayDuration(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const parts: readonly [number, string][] = [
    [Math.floor(minutes / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    );
  // Making a format costs more than writing the rest of a message.
  if (said.length === 1) return said.join();
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(said);
}
