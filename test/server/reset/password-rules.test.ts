import { describe, expect, it } from 'vitest';
import {
  canonicalPassword,
  findPasswordFaults,
  readCommonPasswords,
} from '../../../server/reset/password-rules.ts';

const common = readCommonPasswords();
const measure = {
  rules: { minLength: 8, maxLength: 128 },
  names: ['alice', 'Living Room'],
  common: common.set,
};
const faultsOf = (password: string) => findPasswordFaults(password, measure);

describe('the rules of a new password', () => {
  it.each([
    ['1234567', ['too-short', 'common']],
    ['q7!zk2w', ['too-short']],
    ['q7!zk2wv', []],
    ['x'.repeat(63).concat('7!'), []],
    ['ab7!'.repeat(32), []],
    [`${'ab7!'.repeat(32)}x`, ['too-long']],
    ['correct horse battery staple', []],
    ['   q7!   zk', []],
    ['Грабли-и-ёж', []],
    ['password', ['common']],
    ['PassWord', ['common']],
    ['my-aLiCe-2026', ['contains-name']],
    ['the living room 7', ['contains-name']],
    ['jellyfin-9-q', ['contains-name']],
    ['alice', ['too-short', 'contains-name']],
  ])('judges %j as %j', (password, faults) => {
    expect(faultsOf(password)).toEqual(faults);
  });

  it('counts code points, not UTF-16 units or bytes', () => {
    expect(faultsOf('🦊🦉🐙🦔🐝🦀🐳')).toEqual(['too-short']);
    expect(faultsOf('🦊🦉🐙🦔🐝🦀🐳🦋')).toEqual([]);
    expect(faultsOf('🦊🦉'.repeat(64))).toEqual([]);
  });

  it('sees through full-width letters when it compares with the list and the names', () => {
    expect(faultsOf('ｐａｓｓｗｏｒｄ')).toEqual(['common']);
    expect(faultsOf('7-ＡＬＩＣＥ-7')).toEqual(['contains-name']);
  });

  it('sees names of three letters, without the blanks around them', () => {
    expect(findPasswordFaults('boxing-day-7', { ...measure, names: [' BOX\t'] })).toEqual(['contains-name']);
    expect(findPasswordFaults('boxing-day-7', { ...measure, names: [' bo '] })).toEqual([]);
    // Two signs, of which each takes two units.
    expect(findPasswordFaults('🦊🦉-day-7xyz', { ...measure, names: ['🦊🦉'] })).toEqual([]);
  });

  it('lets names of one or two letters stand in a password', () => {
    expect(findPasswordFaults('boxing-day-7', { ...measure, names: ['bo', 'X', ''] })).toEqual([]);
  });
});

describe('the list of common passwords', () => {
  it('has at least 10,000 passwords of 8 characters and more, and the most used shorter ones', () => {
    const long = [...common.set].filter((password) => [...password].length >= 8);
    expect(long.length).toBeGreaterThanOrEqual(10_000);
    expect([...common.set].filter((password) => [...password].length < 6)).toEqual([]);
    for (const known of ['123456', 'qwerty', '12345678', 'iloveyou', 'sunshine', 'football', 'letmein'])
      expect(common.set, known).toContain(known);
  });

  it('refuses every password on it', () => {
    const rules = { minLength: 6, maxLength: 128 };
    const passed = [...common.set].filter(
      (password) => !findPasswordFaults(password, { ...measure, rules }).includes('common'),
    );
    expect(passed).toEqual([]);
  });

  it('is kept in the form in which passwords are compared, one a line', () => {
    expect([...common.set].filter((password) => canonicalPassword(password) !== password)).toEqual([]);
    expect(common.text.split('\n')).toHaveLength(common.set.size + 1);
  });

  it('says which file is missing when the installation is not whole', () => {
    expect(() => readCommonPasswords('/nowhere/common-passwords.txt')).toThrow(/\/nowhere\/common-passwords/);
  });
});
