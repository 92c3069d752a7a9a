import { expect, test } from 'vitest';
import type { Preferences } from '../../../server/ports/preferences.ts';

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
}
