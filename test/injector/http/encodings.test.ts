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
    ['gzip;q=0.999, br;q=1.000', 'br'],
    ['gzip;q=0.2, br;q=0.15', 'gzip'],
    ['gzip;q=0., br;q=0.1', 'br'],
    ['gzip;q=0.1234, br;q=0.9', 'gzip'],
    ['gzip;q=0.5x, br;q=0.9', 'gzip'],
    ['gzip;q=1.1, br;q=0.9', 'gzip'],
    ['gzip;xq=0.1, br;q=0.9', 'gzip'],
    ['gzip ; a ; q=0.1 , br;q=0.9', 'br'],
    ['gzip;q=0', 'identity'],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['*;q=0.5, identity', 'identity'],
    ['br;q=0.2, zstd;q=0.1, gzip;q=0.1, *', 'br'],
    ['', 'identity'],
    [';q=0.5', 'identity'],
    [', ;q=1, gzip', 'gzip'],
    [`${'x,'.repeat(29)}gzip`, 'gzip'],
    [`${'x,'.repeat(30)}gzip`, 'identity'],
    [`gzip${' '.repeat(300)}`, 'gzip'],
    [`br;q=0${' '.repeat(300)}`, 'identity'],
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

it('is smaller at the best effort, which is the default, than at the quick one', async () => {
  const body = Buffer.from(Array.from({ length: 3_000 }, (_, n) => `${n * 7919} line ${n % 13}`).join('\n'));
  for (const encoding of ['br', 'zstd', 'gzip'] as const) {
    const best = await encode(body, encoding, 'best');
    const quick = await encode(body, encoding, 'quick');
    expect(best.length, encoding).toBeLessThan(quick.length);
    expect(quick.length, encoding).toBeLessThan(body.length / 2);
    expect((await encode(body, encoding)).equals(best), encoding).toBe(true);
  }
});

it('tells in a zstd frame how long the body is, so that both ends take memory for no more', async () => {
  const frame = await encode(Buffer.from('Jellyfin '.repeat(1000)), 'zstd', 'quick');
  // Flags of the size and of a single segment. Source: RFC 8878 section 3.1.1.1.1.
  expect((frame[4] ?? 0) & 0b1110_0000).not.toBe(0);
});

it('stops a decompression bomb at its limit', async () => {
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  await expect(decode(bomb, 'gzip', 1024 * 1024)).rejects.toThrow();
});

it('refuses a coding it does not know', async () => {
  await expect(decode(Buffer.from('x'), 'rot13', 10)).rejects.toThrow('"rot13" cannot be undone');
  await expect(decode(Buffer.from('x'), 'constructor', 10)).rejects.toThrow('cannot be undone');
});
