import { expect, it } from 'vitest';
import { hostAndPort, hostToConnect } from '../../../server/config/listen-address.ts';

it('an IPv6 address stands in brackets beside its port, and nothing else does', () => {
  expect(hostAndPort('::1', 8097)).toBe('[::1]:8097');
  expect(hostAndPort('127.0.0.2', 8097)).toBe('127.0.0.2:8097');
  expect(hostAndPort('nas.local', 80)).toBe('nas.local:80');
});

it.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
  ['127.0.0.2', '127.0.0.2'],
  ['192.168.1.5', '192.168.1.5'],
  ['localhost', 'localhost'],
])('who listens on %s is found at %s', (host, found) => {
  expect(hostToConnect(host)).toBe(found);
});
