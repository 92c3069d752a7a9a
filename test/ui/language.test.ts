import { describe, expect, it } from 'vitest';
import { directionOf, LANGUAGES, pickLanguage } from '../../ui/language.ts';

describe('pickLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['nl', 'FR-ca', 'en'], 'fr'],
    [['es'], 'es'],
    [['ja', 'zh-Hant'], 'en'],
    [['constructor', 'toString'], 'en'],
    [[], 'en'],
  ])('picks for %j: %s', (preferred, language) => {
    expect(pickLanguage(preferred)).toEqual({
      language,
      strings: LANGUAGES[language as keyof typeof LANGUAGES],
    });
  });
});

describe('directionOf', () => {
  it.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['FA', 'rtl'],
    ['de', 'ltr'],
    ['', 'ltr'],
  ])('says of %j: %s', (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });

  it('agrees with the language data of Node about each of ours', () => {
    for (const tag of Object.keys(LANGUAGES)) {
      const locale = new Intl.Locale(tag) as Intl.Locale & { getTextInfo(): { direction: string } };
      expect(directionOf(tag)).toBe(locale.getTextInfo().direction);
    }
  });
});
