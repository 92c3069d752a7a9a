import { describe, expect, it } from 'vitest';
import { colour } from '../../../injector/kit/css-values.ts';

describe('a colour', () => {
  it.each([
    'orange',
    '#fff',
    '#FFF8',
    '#00a4dc',
    '#00a4dc80',
    'rgb(0, 164, 220)',
    'rgba(0,164,220,.5)',
    'hsl(195 100% 43%)',
    'hsl(195 100% 43% / 50%)',
  ])('may be %s', (text) => {
    expect(colour().safeParse(text).data).toBe(text);
  });

  it.each([
    '',
    'red;',
    'red}',
    'url(x)',
    '#12',
    '#12345',
    'rgb(0,0)',
    'var(--x)',
    'red /* */',
    'expression(1)',
    '"red"',
  ])('is not %s', (text) => {
    expect(colour().safeParse(text).success).toBe(false);
  });
});
