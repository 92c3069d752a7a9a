import { describe, expect, it } from 'vitest';
import { instantOf, wallClock, weekdayOf } from '../../../injector/kit/zoned-time.ts';

describe('a time of a zone', () => {
  it.each([
    ['2026-12-24T18:00', 'Europe/Vienna', '2026-12-24T17:00:00.000Z'],
    ['2026-07-01', 'Europe/Vienna', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T00:30', 'Pacific/Kiritimati', '2026-06-30T10:30:00.000Z'],
    ['2026-07-01T23:59', 'Pacific/Pago_Pago', '2026-07-02T10:59:00.000Z'],
    ['2026-07-01T12:00', 'Australia/Lord_Howe', '2026-07-01T01:30:00.000Z'],
    ['2026-07-01T12:00', 'Asia/Kathmandu', '2026-07-01T06:15:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(new Date(instantOf(text, zone)).toISOString()).toBe(instant);
    expect(wallClock(new Date(instant), zone)).toBe(text.length === 10 ? `${text}T00:00` : text);
  });

  it('that clocks leave out is the moment they jump over it, and one they say twice the first', () => {
    expect(new Date(instantOf('2026-03-29T02:30', 'Europe/Vienna')).toISOString()).toBe(
      '2026-03-29T01:00:00.000Z',
    );
    expect(new Date(instantOf('2026-10-25T02:30', 'Europe/Vienna')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('without a zone is that of this machine', () => {
    const noon = instantOf('2026-05-05T12:00', undefined);
    expect(noon).toBe(new Date(2026, 4, 5, 12).getTime());
    expect(weekdayOf(new Date(noon), undefined)).toBe('tue');
  });
});
