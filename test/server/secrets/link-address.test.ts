import { expect, test } from 'vitest';
import { createLinkAddress, createPinAddress } from '../../../server/secrets/link-address.ts';

test.each([
  ['https://media.example.org', 'https://media.example.org/gatehouse/reset#t'],
  ['https://media.example.org/', 'https://media.example.org/gatehouse/reset#t'],
  ['https://example.org/jellyfin', 'https://example.org/jellyfin/gatehouse/reset#t'],
  ['https://example.org/jellyfin//', 'https://example.org/jellyfin/gatehouse/reset#t'],
])('the link below %s is %s', (publicUrl, link) => {
  expect(createLinkAddress(publicUrl, 't')).toBe(link);
});

test.each([
  ['https://media.example.org', 'https://media.example.org/gatehouse/pin'],
  ['https://example.org/jellyfin/', 'https://example.org/jellyfin/gatehouse/pin'],
])('the page for PINs below %s is %s, and the PIN stands in the fragment', (publicUrl, page) => {
  expect(createPinAddress(publicUrl)).toBe(page);
  expect(createPinAddress(publicUrl, '0123456789ABCDEF')).toBe(`${page}#0123456789ABCDEF`);
});
