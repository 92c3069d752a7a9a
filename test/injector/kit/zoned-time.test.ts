import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('is worked out once a minute, however often it is asked for', () => {
    const works = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    onTestFinished(() => works.mockRestore());
    for (let ms = 0; ms < 60_000; ms += 100)
      expect(wallClock(new Date(Date.UTC(2027, 0, 1, 12, 0, 0, ms)), 'Asia/Tokyo')).toBe('2027-01-01T21:00');
    expect(weekdayOf(new Date(Date.UTC(2027, 0, 1, 12, 0, 59)), 'Asia/Tokyo')).toBe('fri');
    expect(works).toHaveBeenCalledTimes(1);
    expect(wallClock(new Date(Date.UTC(2027, 0, 1, 12, 1)), 'Asia/Tokyo')).toBe('2027-01-01T21:01');
    expect(works).toHaveBeenCalledTimes(2);
  });

  it('without a zone is that of this machine', () => {
    const noon = instantOf('2026-05-05T12:00', undefined);
    expect(noon).toBe(new Date(2026, 4, 5, 12).getTime());
    expect(weekdayOf(new Date(noon), undefined)).toBe('tue');
  });
});
