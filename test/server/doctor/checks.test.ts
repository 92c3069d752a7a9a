import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKS, CHECKS_OF_OTHER_HALF } from '../../../server/doctor/checks.ts';

const read = (pattern: string): string[] => globSync(pattern).map((file) => readFileSync(file, 'utf8'));

/** Names under which sources make findings of trouble: `failed('port', …)`, or a constant that stands for one. */
const made = [...read('server/doctor/*.ts'), ...read('server/commands/doctor.ts')].flatMap((text) => {
  const constants = new Map(
    [...text.matchAll(/\b(?:const )?(name|NAME|check)(?: =|:)? '([a-z-]+)'/g)].map(
      ([, constant = '', name = '']) => [name, constant],
    ),
  );
  const plain = [...text.matchAll(/\b(?:failed|warning)\(\s*'([a-z-]+)'/g)].map(([, name = '']) => name);
  return [...constants.keys(), ...plain];
});

const tests = [
  ...read('test/server/{doctor,commands,split,channels}/**/*.test.ts'),
  ...read('test/server/config/exposed-secrets.test.ts'),
];

describe('the list of checks', () => {
  it('has every name under which a finding of trouble is made', () => {
    expect(new Set(made).size).toBeGreaterThan(25);
    expect([...new Set(made)].filter((name) => !Object.hasOwn(CHECKS, name))).toEqual([]);
  });

  it('has every name that is left to the other half', () => {
    const left = Object.values(CHECKS_OF_OTHER_HALF).flat();
    expect(left.filter((name) => !Object.hasOwn(CHECKS, name))).toEqual([]);
  });

  it.each([...new Set(made)])('%s is provoked by a test', (name) => {
    const isNamed = new RegExp(`(?:['"\`\\[ ]|[✗!] )${name}(?:['"\\]]| {2,}| \\+| \\{\\d)`);
    expect(tests.some((text) => isNamed.test(text) && /failed|warning|[✗!] |findTroubles/.test(text))).toBe(
      true,
    );
  });
});
