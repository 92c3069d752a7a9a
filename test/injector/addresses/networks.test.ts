import { expect, it } from 'vitest';
import {
  createHomeNetwork,
  createNetworks,
  isLoopbackAddress,
  isLoopbackHost,
  isPrivateAddress,
} from '../../../injector/addresses/networks.ts';

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

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.20.0.1', '192.168.0.1', '::1', 'fd00::1', 'fe80::1', '::ffff:10.1.2.3'],
  ...['169.254.0.1', '169.254.255.255', '100.64.0.0', '100.127.255.255'],
])('%s is reached without the internet', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each([
  '203.0.113.7',
  '169.253.255.255',
  '169.255.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '2001:db8::1',
  '',
  'nas',
])('%s is not', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

it.each([
  ['127.0.0.1', true],
  ['127.255.255.255', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['126.255.255.255', false],
  ['128.0.0.0', false],
  ['::2', false],
  ['192.168.0.1', false],
  ['localhost', false],
])('%s is an address of this machine: %s', (address, isOwn) => {
  expect(isLoopbackAddress(address)).toBe(isOwn);
});

it.each([
  ['localhost', true],
  ['LocalHost.', true],
  ['a.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['::1', true],
  ['localhost.example.org', false],
  ['.localhost.example', false],
  ['mylocalhost', false],
  ['localhost..', false],
  ['local.host', false],
  ['[::2]', false],
  ['192.168.0.1', false],
  ['', false],
])('the host name %s is this machine: %s', (hostname, isOwn) => {
  expect(isLoopbackHost(hostname)).toBe(isOwn);
});

it('of no networks none holds an address, and of one address only that', () => {
  expect(createNetworks([])('127.0.0.1')).toBe(false);
  const one = createNetworks(['192.0.2.7', '2001:db8::/32']);
  expect(['192.0.2.7', '192.0.2.8', '2001:db8::9', '2001:db9::9', '::ffff:192.0.2.7'].map(one)).toEqual([
    ...[true, false, true, false, true],
  ]);
});

it.each(['proxy.example', '', '/8', '1.2.3/8'])(
  '%j is no network, and the error says which entry it is',
  (entry) => {
    expect(() => createNetworks(['192.0.2.7', entry])).toThrow(
      new RangeError(`"${entry}" is neither an address nor a range`),
    );
  },
);
