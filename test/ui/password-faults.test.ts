import { describe, expect, it } from 'vitest';
import { findPasswordFaults } from '../../server/reset/password-rules.ts';
import { findFaults, type Measure } from '../../ui/password-faults.ts';

const common = new Set(['password', 'sunshine1', 'fi123456']);
const measure: Measure = {
  rules: { minLength: 8, maxLength: 16 },
  names: ['Ana María', 'Wohnzimmer'],
  common,
};

describe('findFaults', () => {
  it.each([
    ['', ['too-short']],
    ['seven77', ['too-short']],
    ['eight888', []],
    ['x'.repeat(16), []],
    ['x'.repeat(17), ['too-long']],
    ['👩🏽‍🚀👩🏽‍🚀', []],
    ['🔑'.repeat(7), ['too-short']],
    ['🔑'.repeat(16), []],
    ['  spaces  ', []],
    ['Password', ['common']],
    ['ﬁ123456', ['too-short', 'common']],
    ['wohnZIMMER!', ['contains-name']],
    ['myJellyfin9', ['contains-name']],
    ['ana maría', ['contains-name']],
  ])('says of %j: %j', (password, faults) => {
    expect(findFaults(password, measure)).toEqual(faults);
  });

  it('does not look for names of one or two letters', () => {
    expect(findFaults('bo is fine here', { ...measure, names: ['bo', ''] })).toEqual([]);
  });

  it('leaves the list to the server as long as the page has none', () => {
    expect(findFaults('sunshine1', { ...measure, common: undefined })).toEqual([]);
  });

  it('finds exactly what the server finds', () => {
    const pieces = [
      '',
      'a',
      'PASSWORD',
      'ﬁ123456',
      'Jellyfin',
      'ana maría',
      'ANA MARI\u0301A',
      '🔑🔑🔑',
      ' ',
      'İ',
    ];
    const passwords = pieces.flatMap((one) => pieces.map((other) => `${one}${other}`));
    for (const password of passwords) {
      expect(findFaults(password, measure)).toEqual(findPasswordFaults(password, { ...measure, common }));
    }
  });
});
