import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../injector/http/decoding.ts';
import { ENCODINGS, encode, pickEncoding } from '../../../injector/http/encodings.ts';

describe('the coding a client likes best', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, zstd', 'zstd'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip;q=2, br;q=0.5', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, *', 'zstd'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['identity', 'identity'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['compress, x-made-up', 'identity'],
    ['gzip;q=nonsense', 'gzip'],
  ] as const)('of Accept-Encoding %j is %s', (header, expected) => {
    expect(pickEncoding(header)).toBe(expected);
  });
});

it('gives back what it was given, in every coding', async () => {
  const body = Buffer.from('Jellyfin '.repeat(1000));
  for (const encoding of ENCODINGS) {
    const encoded = await encode(body, encoding);
    expect((await decode(encoded, encoding, 100_000)).equals(body), encoding).toBe(true);
  }
});

it('stops a decompression bomb at its limit', async () => {
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  await expect(decode(bomb, 'gzip', 1024 * 1024)).rejects.toThrow();
});

it('refuses a coding it does not know', async () => {
  await expect(decode(Buffer.from('x'), 'rot13', 10)).rejects.toThrow('"rot13" cannot be undone');
  await expect(decode(Buffer.from('x'), 'constructor', 10)).rejects.toThrow('cannot be undone');
});
