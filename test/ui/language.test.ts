import { describe, expect, it } from 'vitest';
import { LANGUAGES, pickLanguage } from '../../ui/language.ts';

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
