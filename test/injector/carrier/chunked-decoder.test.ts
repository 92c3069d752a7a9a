import { describe, expect, it } from 'vitest';
import { createChunkedDecoder } from '../../../injector/carrier/chunked-decoder.ts';
import { UpstreamProtocolError } from '../../../injector/carrier/response-head.ts';

/** Decodes a body that arrives in pieces; answers the data and what came after the body. */
function decode(
  wire: string,
  pieces: readonly number[] = [wire.length],
): { data: string; rest: string; isDone: boolean } {
  const decoder = createChunkedDecoder();
  const bytes = Buffer.from(wire, 'latin1');
  let data = '';
  let at = 0;
  for (const size of pieces) {
    const piece = bytes.subarray(at, at + size);
    const taken = decoder.take(piece, (part) => {
      data += part.toString('latin1');
    });
    at += taken;
    if (taken < piece.length) break;
  }
  return { data, rest: bytes.toString('latin1', at), isDone: decoder.isDone };
}

const WIRE = '4\r\nWiki\r\n6;name="x"\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\nX-Trailer: 1\r\n\r\n';
const PLAIN = 'Wikipedia in \r\n\r\nchunks.';

describe('a chunked body', () => {
  it('is taken apart, and what follows it is left', () => {
    expect(decode(`${WIRE}HTTP/1.1 200`)).toEqual({ data: PLAIN, rest: 'HTTP/1.1 200', isDone: true });
  });

  it('gives the same however it is split', () => {
    for (let first = 1; first < WIRE.length; first += 1) {
      expect(decode(WIRE, [first, WIRE.length - first]), `split at ${first}`).toEqual({
        data: PLAIN,
        rest: '',
        isDone: true,
      });
    }
    expect(
      decode(
        WIRE,
        Array.from(WIRE, () => 1),
      ),
    ).toEqual({ data: PLAIN, rest: '', isDone: true });
  });

  it('is not done before its last line', () => {
    expect(decode(WIRE.slice(0, -2)).isDone).toBe(false);
  });

  it.each([
    ['a size with 0x', '0x4\r\nWiki\r\n0\r\n\r\n'],
    ['a signed size', '+4\r\nWiki\r\n0\r\n\r\n'],
    ['a blank before the size', ' 4\r\nWiki\r\n0\r\n\r\n'],
    ['no size', '\r\nWiki\r\n0\r\n\r\n'],
    ['a size that is no number', 'wiki\r\n'],
    ['a huge size', 'ffffffffffffffff\r\n'],
    ['a size line ending in a line feed', '4\nWiki\r\n0\r\n\r\n'],
    ['a carriage return inside the size line', '4\rx\r\nWiki\r\n0\r\n\r\n'],
    ['a chunk longer than its size', '4\r\nWikipedia\r\n0\r\n\r\n'],
    ['a chunk that ends in a line feed', '4\r\nWiki\n0\r\n\r\n'],
    ['an endless extension', `4;${'x'.repeat(5000)}`],
    ['endless trailers', `0\r\n${'X: 1\r\n'.repeat(100)}`],
  ])('with %s is refused', (_what, wire) => {
    expect(() => decode(wire)).toThrow(UpstreamProtocolError);
  });
});
