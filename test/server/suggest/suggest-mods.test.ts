import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MODS } from '../../../injector/mods/all.ts';
import type { Finding, Proposal } from '../../../server/suggest/finding.ts';
import { PROPOSE } from '../../../server/suggest/proposals.ts';
import { suggestMods } from '../../../server/suggest/suggest-mods.ts';
import { writeSuggestion } from '../../../server/suggest/write-suggestion.ts';

const finding = (proposal: Proposal | undefined, what = 'does something'): Finding => ({
  where: 'custom CSS',
  what,
  proposal,
});
const suggest = (...proposals: Proposal[]) =>
  suggestMods(
    proposals.map((one) => finding(one)),
    MODS,
  );
const optionsOf = (...proposals: Proposal[]) =>
  suggest(...proposals).entries.map(({ mod, options }) => [mod, options]);
const PLACES = { places: ['Jellyfin at http://127.0.0.1:8096'], notRead: [] };

describe('what belongs together', () => {
  it('becomes one entry, with what nobody asked for switched off', () => {
    expect(optionsOf(PROPOSE.hiddenTopBar(), PROPOSE.hiddenHeading())).toEqual([
      ['login-layout', { style: 'plain', hideTopBar: true, hideHeading: true }],
    ]);
    expect(optionsOf(PROPOSE.hiddenHeading(), PROPOSE.netflixLogin())).toEqual([
      ['login-layout', { style: 'netflix', hideHeading: true }],
    ]);
  });

  it('adds up in lists, where the same counts once', () => {
    const link = { name: 'Help', url: 'https://help.example.org' };
    const other = { name: 'Join', url: 'https://join.example.org' };
    expect(
      optionsOf(PROPOSE.loginButton(link), PROPOSE.loginButton(link), PROPOSE.loginButton(other)),
    ).toEqual([['login-buttons', { buttons: [link, other] }]]);
  });

  it('becomes two entries where it says different things', () => {
    const [header, drawer] = [
      PROPOSE.transparentHeader({ strength: 0, isDark: true }),
      PROPOSE.transparentDrawer({ strength: 60, isDark: true }),
    ];
    expect(optionsOf(header, drawer)).toEqual([
      ['transparent-bars', { header: true, drawer: false, blur: 0, strength: 0, shade: 'dark' }],
      ['transparent-bars', { header: false, drawer: true, blur: 0, strength: 60, shade: 'dark' }],
    ]);
  });

  it('gives way to what says more, whichever was found first', () => {
    const url = 'https://jfa.example.org/my/account';
    for (const found of [
      [PROPOSE.hiddenForgotPassword(), PROPOSE.forgotPassword(url)],
      [PROPOSE.forgotPassword(url), PROPOSE.hiddenForgotPassword()],
    ])
      expect(optionsOf(...found)).toEqual([['forgot-password', { show: url }]]);
    expect(optionsOf(PROPOSE.hiddenForgotPassword())).toEqual([['forgot-password', { show: 'hide' }]]);
  });

  it('has rules of one’s own behind the theme they change', () => {
    const theme = (name: string) => PROPOSE.theme(`https://themes.example.org/${name}.css`);
    expect(optionsOf(theme('a'), theme('b'), PROPOSE.customCss('.b { top: 0 }'))).toEqual([
      ['custom-css', { url: 'https://themes.example.org/a.css' }],
      ['custom-css', { url: 'https://themes.example.org/b.css', css: '.b { top: 0 }' }],
    ]);
  });

  it('stands in the order in which mods run', () => {
    const mods = optionsOf(PROPOSE.customCss('.b { top: 0 }'), PROPOSE.pageTitle('Films')).map(
      ([mod]) => mod,
    );
    expect(mods).toEqual(['page-title', 'custom-css']);
  });
});

describe('what a mod would refuse', () => {
  it.each([
    [
      'a page without https',
      PROPOSE.forgotPassword('http://jfa.example.org'),
      /^forgot-password would do it, but show use /,
    ],
    [
      'more rules than fit',
      PROPOSE.customCss('x'.repeat(70_000)),
      /^custom-css would do it, but css is larger than 64 kB/,
    ],
    [
      'a link that runs',
      PROPOSE.loginButton({ name: 'x', url: 'javascript:alert(1)' }),
      /login-buttons would do it, but buttons\.url/,
    ],
    ['a mod that is not there', { mod: 'no-such-mod', options: {} }, /no-such-mod, is not in this version/],
  ])('is left over with the reason: %s', (_name, proposal, advice) => {
    const { entries, leftOver } = suggest(proposal);
    expect(entries).toEqual([]);
    expect(leftOver).toMatchObject([{ advice: expect.stringMatching(advice) }]);
  });
});

describe('the lines', () => {
  it('are YAML with where each came from, and what is left over', () => {
    const found = [
      finding(PROPOSE.detailsLogo(), 'shows logos'),
      finding(PROPOSE.customCss('.b { top: 0 }\n# x'), 'has rules of your own'),
      { ...finding(undefined, 'does something else'), advice: 'No mod does this.' },
    ];
    const text = writeSuggestion(suggestMods(found, MODS), { ...PLACES, notRead: ['a.js: it is too large'] });
    expect(parse(text)).toEqual({
      mods: { 'details-logo': true, 'custom-css': { css: '.b { top: 0 }\n# x' } },
    });
    expect(text).toBe(`# Looked at Jellyfin at http://127.0.0.1:8096; nothing was changed.
mods:
  # custom CSS: shows logos
  details-logo: true
  # custom CSS: has rules of your own
  custom-css:
    css: |-
      .b { top: 0 }
      # x

# Not proposed:
# - custom CSS: does something else. No mod does this.

# Not read:
# - a.js: it is too large
`);
  });

  it('are several for a mod that is on more than once', () => {
    const glass = { strength: 0, isDark: true };
    const text = writeSuggestion(
      suggest(PROPOSE.transparentHeader(glass), PROPOSE.transparentDrawer({ ...glass, strength: 9 })),
      PLACES,
    );
    expect(parse(text)).toMatchObject({ mods: { 'transparent-bars': [{ header: true }, { drawer: true }] } });
  });

  it('stay comments whatever a page said', () => {
    const text = writeSuggestion(
      suggestMods([finding(undefined, `begins with\nx: y\u2028z: 1 ${'w '.repeat(200)}`)], MODS),
      PLACES,
    );
    expect(parse(text)).toBeNull();
    expect(text.split('\n').every((line) => line === '' || line.startsWith('# '))).toBe(true);
  });

  it('say so when there is nothing', () => {
    expect(writeSuggestion(suggestMods([], MODS), PLACES)).toBe(
      '# Looked at Jellyfin at http://127.0.0.1:8096; nothing was changed.\n# Nothing was found that was changed by hand.\n',
    );
  });
});
