import { expect, it } from 'vitest';
import { joinStylesheets } from '../../../injector/kit/stylesheet.ts';

function join(...parts: string[]): string {
  return joinStylesheets(parts.map((css, index) => ({ mod: `mod${index + 1}`, css })));
}

it('puts rules in order, each under the name of its mod', () => {
  expect(join('a{}\n', ' b{} ')).toBe('/* mod1 */\na{}\n/* mod2 */\nb{}\n');
});

it('leaves out a part without rules', () => {
  expect(join('', '  \n', 'a{}')).toBe('/* mod3 */\na{}\n');
});

it.each([
  '@import url(https://example.org/a.css);',
  '@import url("https://example.org/a.css?x=1;2");',
  "@import 'https://example.org/a;b.css' screen;",
  '@IMPORT url( "a.css" ) layer(night) supports(display: grid) (min-width: 400px);',
  '@import url(https://example.org/a\\).css);',
  '@import url("a);b\\.css");',
  "@import url('a);b.css');",
  "@import 'it\\'s;b.css';",
  '@import "a\\";b.css";',
  '@import/**/"a.css";',
  '@import url(a.css) supports((display: grid) and (not (gap: "1);")));',
  '/***/ @import "a.css";',
  '/** a * b **/ /* c */ @import "a.css";',
  '/* / */@charset "utf-8"; @import "a.css";',
])('moves %s before the rules of the mods in front', (line) => {
  expect(join('a{}', `/* theme */ ${line}\nb{}`)).toBe(
    `/* theme */ ${line}\n/* mod1 */\na{}\n/* mod2 */\nb{}\n`,
  );
});

it('leaves spaces around a part out, and the name of a mod that only imports', () => {
  expect(join('a{}', '\n\t@import "a.css";  \n')).toBe('@import "a.css";\n/* mod1 */\na{}\n');
  expect(join('\n @import "a.css"; b{} \n')).toBe('@import "a.css";\n/* mod1 */\nb{}\n');
});

it('moves several, with comments and a @charset between', () => {
  const head = '@charset "utf-8";\n@import "a.css"; /* and */ @import "b.css";';
  expect(join('a{}', `${head}\nb{}`)).toBe(`${head}\n/* mod1 */\na{}\n/* mod2 */\nb{}\n`);
});

it.each(['b{} @import "a.css";', '@importance{}', '@import "never ends', '/* open @import "a.css";'])(
  'leaves %s where it is',
  (css) => {
    expect(join('a{}', css)).toBe(`/* mod1 */\na{}\n/* mod2 */\n${css}\n`);
  },
);

it('reads 64 kB of hostile text in no time', () => {
  const started = performance.now();
  for (const piece of ['@import "', '@import url(', '/*', '@import (', '@charset ', '\\"']) {
    joinStylesheets([{ mod: 'a', css: piece.repeat(65_536 / piece.length) }]);
  }
  expect(performance.now() - started).toBeLessThan(1000);
});
