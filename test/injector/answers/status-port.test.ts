import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { findAsker } from '../../../injector/answers/status-port.ts';

/** Who asks, when the proxies of 10.0.0.0/8 are trusted. */
function askerOf(peer: string, headers: Record<string, string>): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  request.rawHeaders = Object.entries(headers).flat();
  request.headers = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const addresses = createClientAddresses(['10.0.0.0/8']);
  return findAsker(request, addresses.of(peer, request.headers['x-forwarded-for'] as string), addresses);
}

describe('who asks', () => {
  it.each([
    ['127.0.0.1', { Host: '127.0.0.1:8097' }, 'machine'],
    ['127.8.8.8', { Host: 'localhost:8097' }, 'machine'],
    ['::1', { Host: '[::1]:8097' }, 'machine'],
    ['::ffff:127.0.0.1', { Host: 'localhost' }, 'machine'],
    // A name that leads here does not make a page of somebody else's this machine (DNS rebinding).
    ['127.0.0.1', { Host: 'evil.example' }, 'stranger'],
    ['127.0.0.1', { Host: '127.evil.example' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', 'X-Forwarded-For': '127.0.0.1' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', Forwarded: 'for=127.0.0.1' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', 'x-real-ip': '127.0.0.1' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', Via: '1.1 cache' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', 'X-Forwarded-Proto': 'https' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', 'CF-Connecting-IP': '127.0.0.1' }, 'stranger'],
    ['127.0.0.1', { Host: 'localhost', 'X-Forwarded-Server': 'a' }, 'stranger'],
    ['203.0.113.9', { Host: 'localhost' }, 'stranger'],
    // Trusted, and says nothing of who asks through it.
    ['10.0.0.2', { Host: 'localhost', Via: '1.1 cache' }, 'stranger'],
    ['10.0.0.2', { Host: 'media.example', 'X-Forwarded-Host': 'media.example' }, 'stranger'],
    ['10.0.0.2', { Host: 'media.example', 'X-Forwarded-For': 'unknown' }, 'stranger'],
    ['10.0.0.2', { Host: 'localhost' }, 'stranger'],
    ['10.0.0.2', { Host: 'media.example', 'X-Forwarded-For': '10.0.0.7' }, 'network'],
    ['10.0.0.2', { Host: 'media.example', 'X-Forwarded-For': '203.0.113.9' }, 'stranger'],
    ['10.0.0.2', { Host: 'media.example', 'X-Forwarded-For': '10.0.0.7, 203.0.113.9' }, 'stranger'],
    ['203.0.113.9', { Host: 'media.example', 'X-Forwarded-For': '10.0.0.7' }, 'stranger'],
  ])('%s with %o is a %s', (peer, headers, asker) => {
    expect(askerOf(peer, headers)).toBe(asker);
  });
});
