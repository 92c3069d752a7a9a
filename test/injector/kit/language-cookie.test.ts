import { expect, it } from 'vitest';
import { LANGUAGE_COOKIE, wantedLanguages } from '../../../injector/kit/language-cookie.ts';
import { pickLanguage } from '../../../injector/kit/translations.ts';

const accepted = 'en-GB,en;q=0.9';

it.each([
  ['the client’s language', `${LANGUAGE_COOKIE}=fr`, accepted, 'fr'],
  ['its region beside other cookies', `a=b; ${LANGUAGE_COOKIE}=pt-br; c=d`, accepted, 'pt-BR'],
  ['the browser’s where the client’s is none of ours', `${LANGUAGE_COOKIE}=tlh`, 'de', 'de'],
  ['the browser’s without the cookie', 'a=b', accepted, 'en'],
  ['the browser’s where another cookie ends so', `x${LANGUAGE_COOKIE}=fr`, accepted, 'en'],
  ['the browser’s where the cookie is no tag', `${LANGUAGE_COOKIE}=fr"\r\nX: y`, accepted, 'en'],
  ['the client’s where the browser says nothing', `${LANGUAGE_COOKIE}=he`, undefined, 'he'],
])('a request wants %s', (_what, cookie, acceptLanguage, language) => {
  expect(pickLanguage(wantedLanguages({ cookie, 'accept-language': acceptLanguage }))).toBe(language);
});

it('of whoever says neither nothing is known', () => {
  expect(wantedLanguages({})).toBeUndefined();
});
