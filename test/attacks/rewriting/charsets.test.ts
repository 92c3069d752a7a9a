import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage, withoutStyle } from './stage.ts';

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterAll(() => stage.close());

const BOM = '\uFEFF';
const BARE = PAGE.replace('<meta charset="utf-8">', '');
const LATIN1 = PAGE.replace('utf-8', 'iso-8859-1');

async function through(bytes: Buffer, contentType: string): Promise<Buffer> {
  stage.answerAs((_request, response) => sendPage(response, bytes, { 'Content-Type': contentType }));
  return (await stage.get('/web/', { 'cache-control': 'no-cache' })).body;
}

describe('charsets of what is rewritten', () => {
  it.each([
    ['says so in its header', BARE, 'text/html; charset=utf-8'],
    ['says so in its header, in quotes', BARE, 'text/html;charset="UTF-8"'],
    ['says so in a meta element', PAGE, 'text/html'],
    ['begins with a byte order mark', BOM + BARE, 'text/html'],
    ['has a mark and a header', BOM + PAGE, 'text/html; charset=utf-8'],
    ['has only ASCII', BARE.replace('Grüße', 'Hello'), 'text/html'],
  ])('B51: a UTF-8 page that %s is rewritten, its mark kept', async (_what, page, contentType) => {
    const body = await through(Buffer.from(page), contentType);
    expect(body.toString()).toContain('rel="stylesheet"');
    expect(withoutStyle(body)).toBe(page);
  });

  it.each([
    ['latin1 by its header', Buffer.from(PAGE, 'latin1'), 'text/html; charset=iso-8859-1'],
    ['valid UTF-8 that the header calls latin1', Buffer.from(PAGE), 'text/html; charset=windows-1252'],
    ['latin1 by its meta element', Buffer.from(LATIN1, 'latin1'), 'text/html'],
    ['ASCII that its meta element calls latin1', Buffer.from(LATIN1.replace('Grüße', 'x')), 'text/html'],
    ['without any word about it, beyond ASCII', Buffer.from(BARE), 'text/html'],
    ['UTF-16 with a mark', Buffer.from(BOM + PAGE, 'utf16le'), 'text/html'],
    ['UTF-16 by its header', Buffer.from(PAGE, 'utf16le'), 'text/html; charset=utf-16'],
    ['UTF-16 without a word about it', Buffer.from(PAGE.replace('Grüße', 'x'), 'utf16le'), 'text/html'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from(PAGE), Buffer.from([0xc3, 0x28])]),
      'text/html; charset=utf-8',
    ],
    ['UTF-8 cut in a letter', Buffer.from('<p>ü').subarray(0, 4), 'text/html; charset=utf-8'],
  ])('B51: a page in %s is served byte for byte', async (_what, bytes, contentType) => {
    expect((await through(bytes, contentType)).equals(bytes)).toBe(true);
  });
});
