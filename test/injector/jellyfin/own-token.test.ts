import { describe, expect, it } from 'vitest';
import { ownToken } from '../../../injector/jellyfin/own-token.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const windowOf = (serverAddress: unknown, accessToken: unknown = () => TOKEN) => ({
  ApiClient: { serverAddress, accessToken },
});

describe('the token of the person who is signed in', () => {
  it.each([
    ['https://films.example.org', 'https://films.example.org'],
    ['https://films.example.org/', 'https://films.example.org'],
    ['HTTPS://Films.Example.org:443', 'https://films.example.org'],
    ['http://192.168.1.5:8096/jelly', 'http://192.168.1.5:8096/jelly'],
  ])('is told where the client is at %s, and its files are of %s', (address, server) => {
    expect(
      ownToken(
        windowOf(() => address),
        server,
      ),
    ).toBe(TOKEN);
  });

  it.each([
    ['https://demo.example.org', 'https://films.example.org'],
    ['http://films.example.org', 'https://films.example.org'],
    ['https://films.example.org:8920', 'https://films.example.org'],
    ['https://films.example.org/other', 'https://films.example.org/jelly'],
    ['https://films.example.org', 'https://films.example.org/jelly'],
    ['https://films.example.org.evil.example', 'https://films.example.org'],
    ['films.example.org', 'https://films.example.org'],
    [undefined, 'https://films.example.org'],
  ])('is not told where the client is at %s, and its files are of %s', (address, server) => {
    expect(
      ownToken(
        windowOf(() => address),
        server,
      ),
    ).toBeUndefined();
  });

  it.each([
    [
      'nobody is signed in',
      windowOf(
        () => 'https://a.example',
        () => null,
      ),
    ],
    [
      'the token is empty',
      windowOf(
        () => 'https://a.example',
        () => '',
      ),
    ],
    ['there is no client yet', {}],
    ['the client has no such calls', { ApiClient: {} }],
    [
      'the client throws',
      windowOf(() => {
        throw new Error('not yet');
      }),
    ],
  ])('is not known where %s', (_, window) => {
    expect(ownToken(window, 'https://a.example')).toBeUndefined();
  });
});
