import { expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';

const TRUSTED = ['10.0.0.1', '192.168.0.0/16', 'fd00::/8', '::1'];

it.each([
  // trusted list, peer, X-Forwarded-For, expected
  [[], '203.0.113.9', '1.2.3.4', '203.0.113.9'],
  [[], '203.0.113.9', undefined, '203.0.113.9'],
  [[], '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  [[], '127.0.0.1', '1.2.3.4', '127.0.0.1'],
  [TRUSTED, '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '1.2.3.4, 192.168.7.7', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '192.168.7.8, 192.168.7.7', '192.168.7.8'],
  [TRUSTED, '10.0.0.1', '1.2.3.4, nonsense', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '1.2.3.4, nonsense, 192.168.7.7', '192.168.7.7'],
  [TRUSTED, '10.0.0.1', '', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', ' , ', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '1.2.3.4:5678', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '[2001:db8::7]:443', '2001:db8::7'],
  [TRUSTED, '10.0.0.1', '2001:db8::7', '2001:db8::7'],
  [TRUSTED, '::1', 'fe80::1%eth0', 'fe80::1'],
  [TRUSTED, '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '::ffff:102:304', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '0:0:0:0:0:FFFF:1.2.3.4', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', '1::ffff:1.2.3.4', '1::ffff:1.2.3.4'],
  [TRUSTED, 'fd00::5', '1.2.3.4', '1.2.3.4'],
  [TRUSTED, '10.0.0.2', '1.2.3.4', '10.0.0.2'],
  [TRUSTED, undefined, '1.2.3.4', '0.0.0.0'],
  [TRUSTED, '10.0.0.1', '999.1.1.1', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '198.51.100.123:65535', '198.51.100.123'],
  [TRUSTED, '10.0.0.1', '[2001:db8::7]', '2001:db8::7'],
  [TRUSTED, '10.0.0.1', '[2001:db8::7]:65535', '2001:db8::7'],
  [TRUSTED, '10.0.0.1', '[1.2.3.4]:80', '1.2.3.4'],
  [TRUSTED, '10.0.0.1', 'for=[2001:db8::7]', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '[2001:db8::7]x', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '[2001:db8::7]:123456', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', 'for=1.2.3.4:80', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '1.2.3.4:80x', '10.0.0.1'],
  [TRUSTED, '10.0.0.1', '1.2.3.4:', '10.0.0.1'],
])('trusting %j, the peer %s with X-Forwarded-For %j is %s', (trusted, peer, forwarded, expected) => {
  expect(createClientAddresses(trusted).of(peer, forwarded)).toBe(expected);
});

it('refuses an entry that is no address', () => {
  expect(() => createClientAddresses(['proxy.example'])).toThrow(RangeError);
});
