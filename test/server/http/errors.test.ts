import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { API_ERRORS, ApiFailure } from '../../../server/http/errors.ts';

/** The codes as the contract writes them: types are gone at run time, so they are read from its source. */
function codesOfContract(): string[] {
  const source = readFileSync(new URL('../../../server/http/contract.ts', import.meta.url), 'utf8');
  const union = /export type ApiErrorCode =([^;]*);/.exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? '');
}

describe('the catalogue of errors', () => {
  it('has exactly the codes of the contract', () => {
    expect(codesOfContract().length).toBeGreaterThan(5);
    expect(Object.keys(API_ERRORS).sort()).toEqual(codesOfContract().sort());
  });

  it.each(Object.entries(API_ERRORS))('%s has an error status and one or two sentences', (_code, entry) => {
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
    expect(entry.message).toMatch(/^[A-Z].*\.$/);
  });

  it('puts code and sentence into the body, and faults only where there are some', () => {
    expect(new ApiFailure('link-used').toBody()).toEqual({
      code: 'link-used',
      message: API_ERRORS['link-used'].message,
    });
    expect(new ApiFailure('password-refused', { faults: ['common'] }).toBody()).toMatchObject({
      faults: ['common'],
    });
  });
});
