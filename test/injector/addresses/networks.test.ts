import { expect, it } from 'vitest';
import { createHomeNetwork } from '../../../injector/addresses/networks.ts';

const isHome = createHomeNetwork();

it.each([
  ...['127.0.0.1', '127.8.9.10', '10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  ...['::1', 'fc00::1', 'fdff:1:2:3::4', 'fe80::1'],
])('%s is on the home network', (address) => {
  expect(isHome(address)).toBe(true);
});

it.each([
  ...[
    '203.0.113.7',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '0.0.0.0',
  ],
  ...[
    '100.64.0.1',
    '169.254.0.1',
    '::',
    '2001:db8::1',
    'fe00::1',
    'fec0::1',
    '',
    'localhost',
    '192.168.1.1:80',
  ],
])('%s is outside', (address) => {
  expect(isHome(address)).toBe(false);
});
