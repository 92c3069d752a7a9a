import { expect, test } from 'vitest';
import type { Settings } from '../../../server/ports/settings.ts';

/** What every adapter of Settings keeps. `open` gives empty ones for the running test. */
export function testSettings(open: () => Promise<Settings>): void {
  test('a value is made once and stays', async () => {
    const settings = await open();
    expect(await settings.getOrCreate('pin-key', () => 'first')).toBe('first');
    expect(await settings.getOrCreate('pin-key', () => 'second')).toBe('first');
    expect(await settings.getOrCreate('other', () => 'second')).toBe('second');
  });

  test('of many at once all get the same value', async () => {
    const settings = await open();
    const values = await Promise.all(
      Array.from({ length: 20 }, (_, i) => settings.getOrCreate('pin-key', () => `value ${i}`)),
    );
    expect(new Set(values).size).toBe(1);
    expect(await settings.getOrCreate('pin-key', () => 'late')).toBe(values[0]);
  });
}
