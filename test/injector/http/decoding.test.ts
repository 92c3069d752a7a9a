import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DecodingError, decode } from '../../../injector/http/decoding.ts';

const PLAIN = Buffer.from('Jellyfin '.repeat(100));

async function faultOf(body: Buffer, coding: string, maxBytes = 10_000): Promise<DecodingError> {
  const error: unknown = await decode(body, coding, maxBytes).catch((fault: unknown) => fault);
  if (!(error instanceof DecodingError)) throw new Error('it was decoded', { cause: error });
  return error;
}

describe('a body', () => {
  it.each([
    ['br', brotliCompressSync(PLAIN)],
    ['zstd', zstdCompressSync(PLAIN)],
    ['gzip', gzipSync(PLAIN)],
    ['x-gzip', gzipSync(PLAIN)],
    ['GZip', gzipSync(PLAIN)],
    ['deflate', deflateSync(PLAIN)],
    ['deflate', deflateRawSync(PLAIN)],
    ['identity', PLAIN],
    ['identity, , gzip', gzipSync(PLAIN)],
    ['', PLAIN],
    [undefined, PLAIN],
  ])('in coding %s comes back plain', async (coding, body) => {
    expect((await decode(body, coding, 10_000)).equals(PLAIN)).toBe(true);
  });

  it('in three codings over each other comes back plain, the last one undone first', async () => {
    const body = brotliCompressSync(deflateSync(gzipSync(PLAIN)));
    expect((await decode(body, 'gzip , deflate,br', 10_000)).equals(PLAIN)).toBe(true);
  });

  it('in four is refused, and so is a coding nobody here knows', async () => {
    const four = gzipSync(gzipSync(gzipSync(gzipSync(PLAIN))));
    expect(await faultOf(four, 'gzip, gzip, gzip, gzip')).toMatchObject({
      name: 'DecodingError',
      fault: 'unknown-coding',
      message: 'content coding "gzip, gzip, gzip, gz" cannot be undone: unknown-coding',
    });
    expect((await faultOf(PLAIN, 'rot13')).fault).toBe('unknown-coding');
    expect((await faultOf(PLAIN, 'constructor')).fault).toBe('unknown-coding');
  });

  it('may have as many bytes as are allowed, and no more', async () => {
    const body = gzipSync(PLAIN);
    expect((await decode(body, 'gzip', PLAIN.length)).length).toBe(PLAIN.length);
    expect((await faultOf(body, 'gzip', PLAIN.length - 1)).fault).toBe('too-large');
  });

  it.each([
    ['gzip', gzipSync(PLAIN).subarray(0, 20)],
    ['br', Buffer.from('this is no brotli')],
    ['zstd', Buffer.from('this is no zstd')],
    ['deflate', Buffer.from([0xff, 0xff])],
    ['deflate', Buffer.alloc(0)],
  ])('that is cut or no %s is broken, and the error keeps why', async (coding, body) => {
    const error = await faultOf(body, coding);
    expect(error.fault).toBe('broken');
    expect(error.message).toContain(`"${coding}"`);
    expect(error.cause).toBeInstanceOf(Error);
  });
});
