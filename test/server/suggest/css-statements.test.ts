import { describe, expect, it } from 'vitest';
import {
  addressIn,
  readDeclarations,
  readStatements,
  selectorsOf,
} from '../../../server/suggest/css-statements.ts';

const headsOf = (css: string): string[] => readStatements(css).map(({ head }) => head);

describe('statements of a stylesheet', () => {
  it('are cut where browsers cut them, in one spelling', () => {
    const css =
      '/* a */ .a  >  .b,\n.c { color: red }\n@import url(x.css);\n@media (min-width: 1em) { .d { top: 0 } }';
    expect(headsOf(css)).toEqual(['.a>.b,.c', '@import url(x.css)', '@media (min-width: 1em)']);
  });

  it('have braces and semicolons in strings, comments and addresses', () => {
    const css = `.a::after { content: "} .x {"; /* } */ } .b { background: url(data:a;b}c) } @import "a;b";`;
    expect(headsOf(css)).toEqual(['.a::after', '.b', '@import "a;b"']);
  });

  it('are read to the end where the sheet is broken', () => {
    expect(headsOf('.a { color: red; .b { top: 0 }')).toEqual(['.a']);
    expect(headsOf('} .c { top: 0 }').at(-1)).toBe('.c');
    expect(headsOf('.a { content: "x')).toEqual(['.a']);
    expect(headsOf('/* never closed')).toEqual([]);
  });

  it('take time in proportion to the length', () => {
    const hostile = ['{'.repeat(50_000), '/*'.repeat(50_000), 'url('.repeat(50_000), '"\\'.repeat(50_000)];
    for (const css of hostile) expect(readStatements(css).length).toBeLessThan(3);
  });
});

it('selectors are cut at commas that stand in no bracket', () => {
  const [rule] = readStatements('a:is(b, c) , d[e="f,g"] {}');
  expect(rule && selectorsOf(rule)).toEqual(['a:is(b,c)', 'd[e="f,g"]']);
});

it('lines of a rule have their value without !important', () => {
  expect(readDeclarations('DISPLAY : none ! important; background: url("a;b") /* x */')).toMatchObject([
    { name: 'display', value: 'none' },
    { name: 'background', value: 'url("a;b")' },
  ]);
  expect(readDeclarations('.a { top: 0 }')).toBeUndefined();
});

it.each([
  ['url(a.png)', 'a.png'],
  [`url( 'a b.png' ) center`, 'a b.png'],
  ['"theme.css" screen', 'theme.css'],
  ['none', undefined],
  ['url()', undefined],
])('the address in %s is %s', (value, address) => {
  expect(addressIn(value)).toBe(address);
});
