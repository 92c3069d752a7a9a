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

  test('a value that is set takes the place of what there was', async () => {
    const settings = await open();
    await settings.set('rate', '50');
    expect(await settings.getOrCreate('rate', () => '100')).toBe('50');
    await settings.set('rate', '60');
    expect(await settings.getOrCreate('rate', () => '100')).toBe('60');
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
