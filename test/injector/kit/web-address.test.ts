import { expect, it } from 'vitest';
import { isSafeWebAddress, isWebAddress } from '../../../injector/kit/web-address.ts';

it.each([
  'https://accounts.example.org',
  'https://accounts.example.org/reset?from=jellyfin#form',
  'https://1.2.3.4:8443/',
  'HTTPS://EXAMPLE.ORG/',
  'http://localhost:8056/my/account',
  'http://127.0.0.1:8056',
  'http://192.168.1.10:8056/',
  'http://10.0.0.2/',
  'http://172.31.255.1/',
  'http://[::1]:8056/',
  'http://[fd00::2]/',
  'http://nas:8056/',
  'http://nas.local/',
  'http://portal.home.arpa/',
])('%s is safe to send people to', (address) => {
  expect(isSafeWebAddress(address)).toBe(true);
});

it.each([
  'http://accounts.example.org/',
  'http://8.8.8.8/',
  'http://172.32.0.1/',
  'http://[2001:db8::1]/',
  'http://local/../x y',
])('%s is not', (address) => {
  expect(isSafeWebAddress(address)).toBe(false);
});

it.each([
  '',
  'account',
  'javascript:alert(1)',
  'JavaScript://example.org/%0aalert(1)',
  'data:text/html,x',
  'ftp://example.org',
  'https:example.org',
  'https:///example.org',
  'https://',
  ' https://example.org',
  'https://example.org/a b',
  'https://exa\nmple.org',
  'https:\\\\example.org',
  'https://user:secret@example.org',
  '//example.org',
  'https://[',
  'https://example.org:99999',
  'https://user@example.org',
  'https://:secret@example.org',
  'view-source:https://example.org',
])('%j is no address of a page', (address) => {
  expect(isWebAddress(address)).toBe(false);
  expect(isSafeWebAddress(address)).toBe(false);
});
