import { describe, expect, it } from 'vitest';
import { ruleStates } from '../../../ui/parts/rule-list.ts';
import type { Measure } from '../../../ui/password-faults.ts';

const measure: Measure = {
  rules: { minLength: 8, maxLength: 20 },
  names: ['ana', 'Attic'],
  common: new Set(['password', 'abc']),
};

function tell(password: string, hasLeft = false, given: Measure = measure): Record<string, string> {
  return Object.fromEntries(ruleStates(password, given, hasLeft).map(({ fault, state }) => [fault, state]));
}

describe('ruleStates', () => {
  it('says nothing about an empty field, left or not', () => {
    const open = { 'too-short': 'open', common: 'open', 'contains-name': 'open' };
    expect(tell('')).toEqual(open);
    expect(tell('', true)).toEqual(open);
  });

  it('does not call a password too short while it grows, but does so once the field was left', () => {
    expect(tell('xyz')['too-short']).toBe('open');
    expect(tell('xyz', true)['too-short']).toBe('broken');
  });

  it('ticks every rule once a good password is long enough', () => {
    expect(tell('eight888')).toEqual({ 'too-short': 'met', common: 'met', 'contains-name': 'met' });
  });

  it('tells at once what more typing does not mend', () => {
    expect(tell('ana1')['contains-name']).toBe('broken');
    expect(tell('abc')['common']).toBe('broken');
  });

  it('mentions the longest length only to those who go beyond it', () => {
    expect(tell('x'.repeat(20))).not.toHaveProperty('too-long');
    expect(tell('x'.repeat(21))['too-long']).toBe('broken');
  });

  it('ticks nothing it has not looked up', () => {
    expect(tell('password', false, { ...measure, common: undefined })['common']).toBe('open');
  });
});
