import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../server/http/strict-json.ts';
import { createRandom } from '../../support/measure/random.ts';

describe('findJsonFault', () => {
  it.each([
    ['{"a":1,"a":2}', /twice/],
    ['{"a":1,"\\u0061":2}', /twice/],
    ['{"x":{"a":1,"b":2,"a":3}}', /twice/],
    ['[{"a":1},{"b":{"c":1,"c":1}}]', /twice/],
    ['{"__proto__":1}', /prototype/],
    ['{"\\u005f_proto__":1}', /prototype/],
    ['{"a":{"constructor":{"prototype":1}}}', /prototype/],
    [`${'['.repeat(9)}${']'.repeat(9)}`, /deep/],
    [`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, /deep/],
    [JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, n]))), /many/],
    ['['.repeat(60_000), /deep/],
  ])('refuses %.60s', (text, fault) => {
    expect(findJsonFault(text)).toMatch(fault);
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}',
    '{"a":"a","b":"a"}',
    '{"a":"\\"b\\":1,\\"b\\":2"}',
    '{"A":1,"a":2}',
    '"__proto__"',
    '{"a":"__proto__"}',
    'no json at all: "a": "a":',
    '',
  ])('lets %s pass', (text) => {
    expect(findJsonFault(text)).toBeUndefined();
  });

  it('of a thousand random bodies refuses exactly those with a key twice in one object', () => {
    const random = createRandom(20_261_122);
    for (let turn = 0; turn < 1_000; turn++) {
      const names = Array.from({ length: random.below(6) }, () =>
        random.pick(['a', 'b', 'c', 'd"', 'e\\', '}']),
      );
      const values = names.map(() => random.pick(['1', '"x:{"', '[1,{"a":"a"}]', '{"a":null}', '"\\""']));
      const text = `{${names.map((name, n) => `${JSON.stringify(name)} : ${values[n]}`).join(' ,')}}`;
      JSON.parse(text);
      const hasTwins = new Set(names).size < names.length;
      expect(findJsonFault(text), text).toBe(hasTwins ? 'has a key twice' : undefined);
    }
  });
});
