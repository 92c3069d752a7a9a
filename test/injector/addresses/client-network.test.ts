import { expect, test } from 'vitest';
import { clientNetwork, plainAddress } from '../../../injector/addresses/client-network.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['nonsense', 'nonsense'],
  ['n'.repeat(65), 'n'.repeat(64)],
])('%s is counted under %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7%eth0', '192.0.2.7'],
  ['FE80::A%Eth0', 'fe80::a'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
  ['0000::0:ffff:1.2.255.254', '1.2.255.254'],
  ['::ffff:0:0', '0.0.0.0'],
  // Of these none is mapped: the group of ones stands elsewhere, or not alone.
  ['::FFFF:0:192.0.2.7', '::ffff:0:192.0.2.7'],
  ['::ffff:1:2:3', '::ffff:1:2:3'],
  ['0:0:ffff:0:0:ffff:1:2', '0:0:ffff:0:0:ffff:1:2'],
  ['::ffff:1', '::ffff:1'],
  ['0:ffff::ffff:1:2', '0:ffff::ffff:1:2'],
  ['1::ffff:1.2.3.4', '1::ffff:1.2.3.4'],
  ['::fff:1.2.3.4', '::fff:1.2.3.4'],
  ['', undefined],
  ['1.2.3', undefined],
  ['%eth0', undefined],
  ['::1%', '::1'],
])('the plain form of %s is %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
