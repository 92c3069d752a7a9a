import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../injector/kit/translations.ts';
import { loadOwnStrings, loadStrings, pickLanguage } from '../../ui/language.ts';
import { en } from '../../ui/strings/en.ts';
import { withEnglish } from '../../ui/strings/some-strings.ts';

/**
 * Texts that a language may lack, by their place. This list may only become shorter: a new text belongs into every language,
 * and stands here for no longer than its translation takes.
 */
const MAY_BE_MISSING: readonly string[] = [];

describe('pickLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['xx', 'FR-ca', 'en'], 'fr'],
    [['es'], 'es'],
    [['es-419'], 'es'],
    [['constructor', 'toString'], 'en'],
    [[], 'en'],
  ])('picks for %j: %s', (preferred, language) => {
    expect(pickLanguage(preferred)).toBe(language);
  });
});

/** Places of all words, without what stands there. */
function placesOf(words: unknown, place = ''): string[] {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) return [place];
  return Object.entries(words).flatMap(([key, inner]) => placesOf(inner, `${place}/${key}`));
}

describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s', (language) => {
  it('lacks no text but those that are named here', async () => {
    const own = new Set(placesOf(await loadOwnStrings(language)));
    expect(placesOf(en).filter((place) => !own.has(place) && !MAY_BE_MISSING.includes(place))).toEqual([]);
  });

  it('has no text that English has not', async () => {
    const known = new Set(placesOf(en));
    expect(placesOf(await loadOwnStrings(language)).filter((place) => !known.has(place))).toEqual([]);
  });
});

it('a text that is missing is said in English, alone', async () => {
  const some = { signIn: 'Se connecter', choose: { title: 'Choisir' } };
  expect(withEnglish(some)).toEqual({ ...en, ...some, choose: { ...en.choose, title: 'Choisir' } });
  expect(withEnglish(await loadOwnStrings('de'))).toEqual(await loadStrings('de'));
});
