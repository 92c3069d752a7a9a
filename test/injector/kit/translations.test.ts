import { expect, it } from 'vitest';
import { LANGUAGES, pickLanguage, resolveLanguage } from '../../../injector/kit/translations.ts';
import { toTranslations } from '../../../injector/kit/written-text.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['DE-at', 'de'],
  ['de-CH-1996', 'de'],
  ['fr-CH, en;q=0.5', 'fr'],
  // An American who also reads German is an English reader first.
  ['en-US,de', 'en'],
  ['en;q=0,de;q=0.1', 'de'],
  ['zz-ZZ, es;q=0.3, fr;q=0.8', 'fr'],
  ['de;q=0', 'en'],
  ['*', 'en'],
  ['fr;q=0.9, de;q=nonsense', 'de'],
  [`${'xx,'.repeat(30)}de`, 'en'],
  [`${'xx,'.repeat(19)}de`, 'de'],
  [`${'xx,'.repeat(20)}de`, 'en'],
  ['fr; q=0.1, de;q=0.5', 'de'],
  ['fr;x;q=0.1, de;q=0.5', 'de'],
  ['fr;xq=0.1, de;q=0.5', 'fr'],
  ['fr;q=0.1x, de;q=0.5', 'fr'],
  ['de;q=0.5, fr;q=0.5', 'de'],
] as const)('of Accept-Language %j we speak %s', (header, expected) => {
  expect(pickLanguage(header)).toBe(expected);
});

it('words an admin wrote are the same in every language, as all fall back to English', () => {
  expect(LANGUAGES[0]).toBe('en');
  expect(toTranslations('Hello')).toEqual({ en: 'Hello' });
});

it.each([
  ['de-AT', 'de'],
  ['DE_ch', 'de'],
  ['es-419', 'es'],
  ['pt-PT', 'pt-BR'],
  ['pt_br', 'pt-BR'],
  ['iw-IL', 'he'],
  ['zh', 'zh-CN'],
  ['zh-Hans-SG', 'zh-CN'],
  ['zh-Hant-HK', 'zh-TW'],
  ['zh-MO', 'zh-TW'],
  ['no', 'nb'],
  ['nn-NO', 'nb'],
  ['es-Latn-MX', 'es'],
  ['de-x-private', 'de'],
  ['', undefined],
  ['-', undefined],
  ['constructor', undefined],
  ['xx-de', undefined],
] as const)('the tag %j means %j', (tag, language) => {
  expect(resolveLanguage(tag)).toBe(language);
});
