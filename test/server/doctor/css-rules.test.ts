import { describe, expect, it } from 'vitest';
import { hides } from '../../../server/doctor/css-rules.ts';

const BUTTON = '.btnForgotPassword';

describe('a style sheet', () => {
  it.each([
    '.btnForgotPassword { display: none }',
    '#loginPage .raised.cancel.block.btnForgotPassword.emby-button{display:none!important}',
    'a { color: red } @media (max-width: 40em) { .x, button.btnForgotPassword:hover { visibility: hidden; } }',
    '/* } */ .btnForgotPassword { color: red; opacity: 0 }',
    '@import url("x.css"); .btnForgotPassword { DISPLAY : NONE ; }',
    ':is(.btnManual, .btnForgotPassword) { display: none }',
    '.a{}.btnForgotPassword{opacity:0.0',
    '.btnForgotPassword{display:none',
  ])('hides the button: %s', (css) => {
    expect(hides(`${css}}`, BUTTON)).toBe(true);
  });

  it.each([
    '',
    '.btnForgotPassword { color: red }',
    '.btnForgotPassword { opacity: 0.5 }',
    '.btnForgotPasswords { display: none }',
    '.btnForgotPassword::before { display: none }',
    '.btnForgotPassword .material-icons { display: none }',
    '.readOnlyContent button:not(.btnManual, .btnForgotPassword) { display: none }',
    '/* .btnForgotPassword { display: none } */',
    '.btnQuick { display: none } .btnForgotPassword { color: red }',
    '.btnForgotPassword { --display: none }',
    '}}}{{{;;;',
  ])('does not: %s', (css) => {
    expect(hides(css, BUTTON)).toBe(false);
  });

  it('is read in a time in proportion to its length', () => {
    for (const part of [
      '{',
      '}',
      '/*',
      '/**',
      ';',
      ' ',
      '.a,',
      ':not(',
      'a{',
      '.btnForgotPassword{opacity:0',
    ])
      expect(timeOf(part.repeat(2e5))).toBeLessThan(2_000);
  });
});

function timeOf(css: string): number {
  const begun = performance.now();
  hides(css, BUTTON);
  return performance.now() - begun;
}
