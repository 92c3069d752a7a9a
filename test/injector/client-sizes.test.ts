import { expect, it } from 'vitest';
import { CLIENT_LIMITS, clientSizes } from '../../build/client-sizes.ts';
import { useBuiltClient } from '../support/browser/built-client.ts';

const clientFolder = useBuiltClient();

/** What is larger than it may be, with its size. */
const tooLarge = (names: (name: string) => boolean, limit: number): [string, number][] =>
  [...clientSizes(clientFolder())].filter(([name, size]) => names(name) && size > limit);

it('what carries the mods in the browser is at most 4 kB', () => {
  expect(clientSizes(clientFolder()).get('runtime')).toBeGreaterThan(1000);
  expect(tooLarge((name) => name === 'runtime', CLIENT_LIMITS.runtime)).toEqual([]);
});

it('the part of each mod in the browser is at most 3 kB', () => {
  expect(clientSizes(clientFolder()).size).toBeGreaterThan(10);
  expect(tooLarge((name) => name !== 'runtime', CLIENT_LIMITS.part)).toEqual([]);
});
