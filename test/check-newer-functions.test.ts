import { describe, expect, it } from 'vitest';
import { findNewerFunctions } from '../build/check-newer-functions.ts';

describe('the check of functions that old televisions do not have', () => {
  it.each([
    ['Object.entries(a);', 'Object.entries'],
    ['list.at(-1);', '.at()'],
    ['(function(e){return e==null?void 0:e.padStart(2)})(1);', '.padStart()'],
    ['page.replaceChildren();', '.replaceChildren()'],
    ['asked.then(a).finally(b);', '.finally()'],
    ['const b = new ResizeObserver(a);', 'new ResizeObserver'],
    ['queueMicrotask(a);', 'queueMicrotask'],
    ['const { a } = globalThis;', 'globalThis'],
    ['a.addEventListener(`click`, b, { once: true });', 'addEventListener(…, { once })'],
    ['/(?<=a)b/.test(c);', '/(?<=a)b/'],
    ['/a.b/s.test(c);', '/a.b/s'],
  ])('finds it in %s', (code, found) => {
    expect(findNewerFunctions(code)).toEqual([found]);
  });

  it('passes what Chromium 53 has, and what is looked for before it is used', () => {
    const code = [
      'Object.keys(a).map(Array.from).includes(b); "a".startsWith("b"); new Map([[1, 2]]).entries();',
      'a.addEventListener("click", b, { capture: true, passive: true }); a.closest("b").appendChild(c);',
      'new IntersectionObserver(a); new URL(b).searchParams.get("c"); Object["entries"]; entries(a);',
      'var o; (o = a.toggleAttribute) == null || o.call(a, "b"); /(?:a)(?=b)/giu.test(c);',
    ].join('\n');
    expect(findNewerFunctions(code)).toEqual([]);
  });

  it('refuses a script that cannot be parsed, rather than pass it', () => {
    expect(() => findNewerFunctions('const = 1')).toThrow(SyntaxError);
  });
});
