import { expect, it } from 'vitest';
import { pinPagePath } from '../../../injector/jellyfin/pin-page.ts';

it('leads to the page for the PIN by the router that a version has', () => {
  expect(pinPagePath('10.8.13')).toBe('/web/index.html#!/forgotpasswordpin.html');
  for (const version of ['10.9.0', '10.11.11', '12.0.0', 'nonsense'])
    expect(pinPagePath(version)).toBe('/web/#/forgotpasswordpin.html');
});
