import { expect, it } from 'vitest';
import { gatehouseUrl, pageUrl } from '../../../injector/client/contexts.ts';

it.each([
  ['https://a.example.org/web/', 'https://a.example.org/gatehouse/account'],
  ['https://a.example.org/web/index.html#/login?url=/web/x', 'https://a.example.org/gatehouse/account'],
  ['https://a.example.org/web', 'https://a.example.org/gatehouse/account'],
  [
    'http://a.example.org:8097/jf/web/?a=/web/#!/login.html',
    'http://a.example.org:8097/jf/gatehouse/account',
  ],
  [
    'https://a.example.org/media/jellyfin/Web/index.html',
    'https://a.example.org/media/jellyfin/gatehouse/account',
  ],
  ['https://a.example.org/webcam/web/', 'https://a.example.org/webcam/gatehouse/account'],
])('from %s, our page is at %s', (page, address) => {
  expect(gatehouseUrl(page, 'account')).toBe(address);
});

it('resolves where a mod leads as the page would', () => {
  expect(pageUrl('https://a.example.org/web/#/x', '../gatehouse/account')).toBe(
    'https://a.example.org/gatehouse/account',
  );
  expect(pageUrl('https://a.example.org/web/', 'https://b.example.org/?q#f')).toBe(
    'https://b.example.org/?q#f',
  );
});

it.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://',
])('leads nobody to %s', (target) => {
  expect(() => pageUrl('https://a.example.org/web/', target)).toThrow(TypeError);
});
