import { describe, expect, it } from 'vitest';
import { findFault, findPatterns } from '../build/check-patterns.ts';

describe('the check of patterns', () => {
  it('finds each literal with its place, and nothing that only looks like one', () => {
    const source = [
      'const a: RegExp = /a+/; // not /b+/',
      `const c = \`\${'/d+/'.replace(/e\\/[/]+/g, '')}\`;`,
      'const half = (1 / 2) / 3;',
      '/* /f+/ */ export const g = <T,>(h: readonly [RegExp, T]) => h[0].test("/i/") || /j/iu.test("");',
    ].join('\n');
    expect(findPatterns('some.ts', source)).toEqual([
      { file: 'some.ts', line: 1, source: 'a+', flags: '' },
      { file: 'some.ts', line: 2, source: 'e\\/[/]+', flags: 'g' },
      { file: 'some.ts', line: 4, source: 'j', flags: 'iu' },
    ]);
  });

  it.each(["new RegExp('a' + b)", 'RegExp(a)'])('refuses %s, which nobody can check', (text) => {
    expect(() => findPatterns('some.ts', `\nconst c = ${text};`)).toThrow(/^some\.ts:2: write the pattern/);
  });

  it('refuses a source that cannot be parsed, rather than pass it', () => {
    expect(() => findPatterns('some.ts', 'const = /a+/;')).toThrow(SyntaxError);
  });

  it.each([
    // The one that a body of 64 kB made look at each quote anew.
    [/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g, /2nd degree.*"/],
    [/\s*;\s*/, /2nd degree/],
    [/%.*$/, /2nd degree polynomial time for '%'/],
    [/\/+$/, /2nd degree/],
    [/<meta\b[^<>]*\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)/i, /2nd degree/],
    [/(?:\s|\/\*.*?\*\/)+/sy, /exponential/],
    [/[/.][0-9a-f]{20}\.(?:[\w-]+\.)*\w+$/, /2nd degree/],
    [/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, /2nd degree/],
    [/(?=\w*x)y/, /2nd degree/],
  ])('finds an attack on %s', ({ source, flags }, fault) => {
    expect(findFault({ source, flags })).toMatch(fault);
  });

  it.each([
    /"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g,
    /(?<!\/)\/+$/,
    /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+/y,
    /^[A-Za-z0-9_-]{43}$/,
  ])('finds nothing against %s', ({ source, flags }) => {
    expect(findFault({ source, flags })).toBeUndefined();
  });
});
