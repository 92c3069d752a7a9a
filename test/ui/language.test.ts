import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../injector/kit/translations.ts';
import {
  loadOwnStrings,
  loadStrings,
  pickLanguage,
  preferredLanguages,
  speaking,
} from '../../ui/language.ts';
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

describe('what a person wants', () => {
  const windowWith = (kept: string | null | Error) => ({
    navigator: { languages: ['en-US', 'en'] },
    localStorage: {
      getItem: (name: string) => {
        if (kept instanceof Error) throw kept;
        return name === 'gatehouse-language' ? kept : null;
      },
    } as unknown as Storage,
  });

  it.each([
    ['de-de', ['de-de', 'en-US', 'en']],
    ['zh_hant_tw', ['zh-hant-tw', 'en-US', 'en']],
    [null, ['en-US', 'en']],
    ['', ['en-US', 'en']],
    ['de\r\nX-Evil: 1', ['en-US', 'en']],
    [new Error('denied'), ['en-US', 'en']],
  ])('with %j kept of Jellyfin’s client is %j', (kept, wanted) => {
    expect(preferredLanguages(windowWith(kept))).toEqual(wanted);
  });

  it('is said with every call, best first, beside the other headers', async () => {
    const sent: RequestInit[] = [];
    const fetch = speaking(
      async (_address, init) => {
        sent.push(init ?? {});
        return new Response();
      },
      ['de', 'en-US', 'en'],
    );
    await fetch('api/x', { method: 'POST', headers: { Accept: 'application/json' } });
    expect(sent).toEqual([
      {
        method: 'POST',
        headers: { Accept: 'application/json', 'Accept-Language': 'de, en-US;q=0.9, en;q=0.8' },
      },
    ]);
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
