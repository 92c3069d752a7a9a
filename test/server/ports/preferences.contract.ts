import { expect, test } from 'vitest';
import { createLanguagesOf, type Preferences } from '../../../server/ports/preferences.ts';

const [anna, ben] = ['a'.repeat(32), 'b'.repeat(32)];

/** What every adapter of Preferences keeps. `open` gives an empty one for the running test. */
export function testPreferences(open: () => Promise<Preferences>): void {
  test('nothing is chosen until it is set, and a choice can be taken back', async () => {
    const preferences = await open();
    expect(await preferences.get(anna)).toEqual({ language: undefined });
    await preferences.set(anna, { language: 'pt-BR' });
    await preferences.set(ben, { language: 'de' });
    await preferences.set(anna, { language: 'ar' });
    expect(await preferences.get(anna)).toEqual({ language: 'ar' });
    await preferences.set(anna, { language: undefined });
    expect(await preferences.get(anna)).toEqual({ language: undefined });
    expect(await preferences.get(ben)).toEqual({ language: 'de' });
  });

  test('the choices of many are found at once, and messages to them are in these languages', async () => {
    const preferences = await open();
    await preferences.set(anna, { language: 'pt-BR' });
    await preferences.set(ben, { language: undefined });
    const nobody = Array.from({ length: 1_500 }, (_, n) => String(n).padStart(32, '0'));
    const all = await preferences.getAll([...nobody, ben, anna]);
    expect(all.get(anna)).toEqual({ language: 'pt-BR' });
    expect(all.get(ben)?.language).toBeUndefined();
    expect(await preferences.getAll([])).toEqual(new Map());
    const languageOf = await createLanguagesOf(preferences, 'de')([...nobody, ben, anna]);
    expect([anna, ben, nobody[0] ?? ''].map(languageOf)).toEqual(['pt-BR', 'de', 'de']);
  });
}
