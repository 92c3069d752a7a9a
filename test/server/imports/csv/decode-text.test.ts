import { expect, test } from 'vitest';
import { decodeText, findEncoding } from '../../../../server/imports/csv/decode-text.ts';
import { SourceError } from '../../../../server/ports/contact-source.ts';

/** Gives bytes in pieces of some length. */
function inPieces(bytes: Uint8Array, length: number) {
  return async function* () {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  };
}

async function decode(bytes: Uint8Array, length: number, encoding?: string): Promise<string> {
  const open = inPieces(bytes, length);
  let text = '';
  for await (const piece of decodeText(open, encoding ?? (await findEncoding(open)))) text += piece;
  return text;
}

const TEXT = 'näme,émail\r\nzoë,ž€\rłódź,日本\n\r\n';

test.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 in the other order of bytes', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
])('%s is recognised, however it is cut', async (_, bytes) => {
  for (const length of [1, 2, 3, 7, 10_000]) expect(await decode(bytes, length)).toBe(TEXT);
});

test('what is no UTF-8 is read as windows-1252, with its letters from 0x80 on', async () => {
  const bytes = Buffer.from([0x7a, 0x6f, 0xeb, 0x2c, 0x80, 0x9a, 0x9e, 0x8c, 0x0d, 0x0a]);
  for (const length of [1, 3, 100]) expect(await decode(bytes, length)).toBe('zoë,€šžŒ\r\n');
});

test('an encoding that is named counts, and one that is none is refused', async () => {
  expect(await decode(Buffer.from([0xc0, 0xed, 0xed, 0xe0]), 2, 'windows-1251')).toBe('Анна');
  await expect(decode(Buffer.from('a'), 1, 'klingon')).rejects.toThrow(SourceError);
});

test('UTF-8 that breaks off in the middle of a large text is not UTF-8', async () => {
  const bytes = Buffer.concat([Buffer.alloc(100_000, 'a'), Buffer.from([0xe9]), Buffer.alloc(10, 'b')]);
  expect((await decode(bytes, 4096)).slice(99_999)).toBe('aébbbbbbbbbb');
});

test('a zero in a text does not make it UTF-16', async () => {
  const text = 'name,email\r\nanna,a\u0000b@example.org\r\n';
  expect(await decode(Buffer.from(text), 5)).toBe(text);
});
