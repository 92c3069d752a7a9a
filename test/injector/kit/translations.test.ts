import { expect, it } from 'vitest';
import { pickLanguage } from '../../../injector/kit/translations.ts';

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
] as const)('of Accept-Language %j we speak %s', (header, expected) => {
  expect(pickLanguage(header)).toBe(expected);
});
