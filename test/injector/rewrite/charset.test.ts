import { describe, expect, it } from 'vitest';
import { decodeSurely } from '../../../injector/rewrite/rewrite-file.ts';

const MARK = '\uFEFF';
const utf8 = (text: string): Uint8Array => Buffer.from(text);

describe('a file that is UTF-8 for everybody', () => {
  it.each([
    ['plain text', '{"a":"é"}', 'application/json', false],
    ['text whose type says so', '{"a":"é"}', 'application/json; charset=utf-8', false],
    ['an other spelling of it', '{"a":"é"}', 'application/json;CHARSET = "UTF8"', false],
    ['a page of ASCII', '<p>a</p>', 'text/html', true],
    ['a page whose type says so', '<p>é</p>', 'text/html; charset=UTF-8', true],
    [
      'a page whose type says so and whose meta does not',
      '<meta charset=latin1>é',
      'text/html;charset=utf-8',
      true,
    ],
    ['a page that says so', '<meta charset="utf-8"><p>é</p>', 'text/html', true],
    ['a page that says so without quotes', '<meta charset=utf-8><p>é</p>', 'text/html', true],
    ['a page that says so in blanks', "<meta  charset = ' utf-8 '><p>é</p>", 'text/html', true],
    [
      'a page that says so the old way',
      '<meta http-equiv=x content="a/b; charset=utf-8">é',
      'text/html',
      true,
    ],
    ['a script with the letters of a meta', '"<meta charset=latin1>é"', 'text/javascript', false],
    ['an empty page', '', 'text/html', true],
  ])('is decoded: %s', (_what, text, type, isPage) => {
    expect(decodeSurely(utf8(text), type, isPage)).toEqual({ text, mark: '' });
  });

  it('gives the byte order mark apart, which also says what a page is', () => {
    expect(decodeSurely(utf8(`${MARK}<p>é</p>`), 'text/html', true)).toEqual({
      text: '<p>é</p>',
      mark: MARK,
    });
    expect(decodeSurely(utf8(`${MARK}${MARK}{}`), 'text/json', false)).toEqual({
      text: `${MARK}{}`,
      mark: MARK,
    });
    expect(decodeSurely(utf8(`é${MARK}`), 'text/json', false)).toEqual({ text: `é${MARK}`, mark: '' });
  });

  it('has its meta in the first 1,024 characters', () => {
    const meta = '<meta charset=utf-8>';
    const page = (before: number): string => `${' '.repeat(before)}${meta}é`;
    expect(decodeSurely(utf8(page(1024 - meta.length)), 'text/html', true)).toBeDefined();
    expect(decodeSurely(utf8(page(1025)), 'text/html', true)).toBeUndefined();
  });
});

describe('a file that somebody may read in another way', () => {
  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xe9]), 'text/plain', false],
    ['a NUL, as in UTF-16', utf8('{\0}'), 'text/plain', false],
    ['a type that says otherwise', utf8('{}'), 'application/json; charset=iso-8859-1', false],
    ['a type that says something that begins alike', utf8('{}'), 'application/json; charset=utf-8x', false],
    ['a type that says something that ends alike', utf8('{}'), 'application/json; charset=xutf-8', false],
    ['a page of other letters that says nothing', utf8('<p>é</p>'), 'text/html', true],
    ['a page whose meta says otherwise', utf8('<meta charset=latin1>a'), 'text/html', true],
    ['a page whose meta says otherwise with a slash', utf8('<meta charset=latin1/>a'), 'text/html', true],
    ['a page with the meta in a later tag', utf8('<meta a><p charset=utf-8>é'), 'text/html', true],
    ['a page with something like a meta', utf8('<metal charset=utf-8>é'), 'text/html', true],
    ['a page with something like a charset', utf8('<meta xcharset=utf-8>é'), 'text/html', true],
  ])('is not decoded: %s', (_what, bytes, type, isPage) => {
    expect(decodeSurely(bytes, type, isPage)).toBeUndefined();
  });
});
