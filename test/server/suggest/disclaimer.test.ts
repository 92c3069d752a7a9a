import { describe, expect, it } from 'vitest';
import { recogniseDisclaimer } from '../../../server/suggest/disclaimer.ts';

const read = (text: string) =>
  recogniseDisclaimer(text).map(({ proposal }) => [proposal?.mod, proposal?.options]);

describe('the login disclaimer', () => {
  it.each([
    [
      '<p style="font-size: 1.2em"><a href="https://jfa.example.org/my/account">Forgot password?</a><br/>(With a mail address only)</p>',
    ],
    ['[Forgot password?](https://jfa.example.org/my/account)'],
    ['Kennwort weg? <a href="https://jfa.example.org/my/account">Hier entlang</a>'],
  ])('leads who forgot the password elsewhere: %s', (text) => {
    expect(read(text)).toEqual([['forgot-password', { show: 'https://jfa.example.org/my/account' }]]);
  });

  it('has links that look like buttons, and forms of plugins for single sign-on', () => {
    const button =
      '<a href="https://join.example.org" class="raised block emby-button">Ask for\n an account</a>';
    expect(read(button)).toEqual([
      ['login-buttons', { buttons: [{ name: 'Ask for an account', url: 'https://join.example.org' }] }],
    ]);
    const form = '<form action="/sso/OID/start/main"><button class="raised">Sign in with SSO</button></form>';
    expect(read(form)).toEqual([
      [
        'login-buttons',
        { buttons: [{ name: 'Sign in with SSO', url: '/sso/OID/start/main', opens: 'same-tab' }] },
      ],
    ]);
  });

  it.each([
    '',
    'Friends only.',
    'See [help](https://example.org/help).',
    '<a>Forgot password?</a>',
    '<a href="https://x.example.org"></a>',
    '<form>',
  ])('may stay as it is: %s', (text) => {
    expect(read(text)).toEqual([]);
  });
});
