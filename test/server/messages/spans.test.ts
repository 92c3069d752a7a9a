import { expect, test } from 'vitest';
import type { Language } from '../../../injector/kit/translations.ts';
import { sayDuration, sayMoment } from '../../../server/messages/spans.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ['en', MINUTE, '1 minute'],
  ['en', 10 * MINUTE, '10 minutes'],
  ['en', 0, '1 minute'],
  ['en', 90 * MINUTE, '1 hour and 30 minutes'],
  ['en', DAY, '24 hours'],
  ['en', 7 * DAY, '7 days'],
  ['en', 2 * DAY + HOUR, '2 days and 1 hour'],
  ['de', HOUR, '1 Stunde'],
  ['de', 2 * HOUR, '2 Stunden'],
  ['de', 7 * DAY, '7 Tage'],
  ['es', 90 * MINUTE, '1 hora y 30 minutos'],
  ['ru', 7 * 24 * HOUR, '7 дней'],
  ['pl', 2 * MINUTE, '2 minuty'],
  ['pl', 5 * MINUTE, '5 minut'],
  ['pl', 22 * HOUR, '22 godziny'],
  ['he', 2 * HOUR, 'שעתיים'],
  ['zh-CN', 30 * MINUTE, '30分钟'],
] as [Language, number, string][])('in %s %d ms are %s', (language, ms, said) => {
  expect(sayDuration(ms, language)).toBe(said);
});

test('a moment is said with its zone', () => {
  const at = Date.UTC(2026, 0, 2, 15, 4);
  expect(sayMoment(at, 'en', 'UTC').replace(/\s/g, ' ')).toBe('January 2, 2026 at 3:04 PM UTC');
  expect(sayMoment(at, 'de', 'UTC')).toBe('2. Januar 2026 um 15:04 UTC');
});
