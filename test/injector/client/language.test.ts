import { expect, it } from 'vitest';
import { pickText } from '../../../injector/client/contexts.ts';

const translations = { en: 'English', de: 'Deutsch', fr: 'Français', 'pt-br': 'Português' };

it.each([
  ['de', undefined, undefined, 'Deutsch'],
  ['de-at', 'fr', 'fr', 'Deutsch'],
  ['fr_CA', 'de', 'de', 'Français'],
  [undefined, 'de-DE', 'fr', 'Deutsch'],
  ['', '', 'fr', 'Français'],
  [undefined, undefined, undefined, 'English'],
  ['pt-BR', undefined, undefined, 'Português'],
  ['pt_BR', undefined, undefined, 'Português'],
  ['pt', undefined, undefined, 'English'],
  // Somebody who has chosen Danish is not given the browser's German.
  ['da', 'de', 'de', 'English'],
  ['constructor', undefined, undefined, 'English'],
])('client %s, browser %s and page %s make %4$s', (locale, navigatorLanguage, documentLanguage, text) => {
  expect(pickText(translations, { locale: () => locale, navigatorLanguage, documentLanguage })).toBe(text);
});
