import { expect, test } from 'vitest';
import { createLinkAddress } from '../../../server/reset/link-address.ts';

test.each([
  ['https://media.example.org', 'https://media.example.org/gatehouse/reset#t'],
  ['https://media.example.org/', 'https://media.example.org/gatehouse/reset#t'],
  ['https://example.org/jellyfin', 'https://example.org/jellyfin/gatehouse/reset#t'],
])('the link below %s is %s', (publicUrl, link) => {
  expect(createLinkAddress(publicUrl, 't')).toBe(link);
});
