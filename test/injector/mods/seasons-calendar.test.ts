import { describe, expect, it } from 'vitest';
import { CALENDAR, effectOn } from '../../../injector/mods/seasons/calendar.ts';
import { seasons } from '../../../injector/mods/seasons/mod.ts';

describe('the calendar of seasons', () => {
  it.each([
    ['2026-12-01', 'snow'],
    ['2026-12-30', 'snow'],
    ['2026-12-31', 'fireworks'],
    ['2027-01-01', 'fireworks'],
    ['2027-01-02', 'snow'],
    ['2027-01-06', 'snow'],
    ['2027-01-07', undefined],
    ['2027-02-12', undefined],
    ['2027-02-14', 'hearts'],
    ['2027-02-15', undefined],
    ['2028-02-29', undefined],
    ['2027-09-22', 'leaves'],
    ['2027-10-27', 'bats'],
    ['2027-10-31', 'bats'],
    ['2027-11-01', undefined],
  ])('has on %s: %s', (day, effect) => {
    expect(effectOn(CALENDAR, new Date(`${day}T12:00:00`))).toBe(effect);
    expect(effectOn(CALENDAR, new Date(`${day}T00:00:00`))).toBe(effect);
  });

  it.each(['00-01', '13-01', '12-32', '1-1', '12/24'])('takes no day such as %s', (from) => {
    const rules = [{ effect: 'snow', from, until: '01-01' }];
    expect(seasons.options.safeParse({ rules }).success).toBe(false);
  });

  it('takes no season without a day', () => {
    const rules = [{ effect: 'snow', from: '12-24', until: '12-24' }];
    expect(seasons.options.safeParse({ rules }).error?.issues[0]?.message).toContain('the day after it');
  });
});
