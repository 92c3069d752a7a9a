import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../server/channels/registry.ts';
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

/** All but this one, which names checks and states for itself. */
const tests = [
  ...read('test/server/{doctor/!(checks),commands/*,split/*}.test.ts'),
  ...read('test/server/config/exposed-secrets.test.ts'),
];

/** How far the name of a check may stand from the state that a test expects of it, in characters. */
const NEAR = 300;

/** Whether a test expects trouble under that name: name and state stand near each other, or on one printed line. */
function provokes(text: string, name: string): boolean {
  const named = new RegExp(`(?:['"\`\\[ ]|[✗!] )${name}(?:['"\\]]| {2,}| \\+| \\{\\d)`, 'g');
  return [...text.matchAll(named)].some(({ index }) =>
    /failed|warning|[✗!] |[tT]roubles?\b/.test(text.slice(Math.max(0, index - NEAR), index + NEAR)),
  );
}

describe('the list of checks', () => {
  it('has every name under which a finding of trouble is made', () => {
    expect(new Set(made).size).toBeGreaterThan(25);
    expect([...new Set(made)].filter((name) => !Object.hasOwn(CHECKS, name))).toEqual([]);
  });

  it('has every name that is left to the other half', () => {
    const left = Object.values(CHECKS_OF_OTHER_HALF).flat();
    expect(left.filter((name) => !Object.hasOwn(CHECKS, name))).toEqual([]);
  });

  it('has no name under which nobody finds anything', () => {
    // Those of channels are made with the name of their section.
    const bySection = CHANNELS.map(({ section }) => section);
    const known = new Set<string>([...made, ...bySection]);
    expect(Object.keys(CHECKS).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(Object.keys(CHECKS))('%s is provoked by a test', (name) => {
    expect(tests.some((text) => provokes(text, name))).toBe(true);
  });

  it('is not taken for provoked where a test knows the name alone, or that all is well', () => {
    expect(provokes("expect(found).toEqual(['clock', 'fine', 'it is right']);", 'clock')).toBe(false);
    expect(provokes("const it = failed('disk', 'x');", 'clock')).toBe(false);
    expect(provokes("expect(found).toEqual(['clock', 'failed', 'it is wrong']);", 'clock')).toBe(true);
    expect(provokes("expect(out).toContain('✗ clock         It is wrong');", 'clock')).toBe(true);
    expect(tests.some((text) => provokes(text, 'no-such-check'))).toBe(false);
  });
});
