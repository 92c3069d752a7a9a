import { expect, test } from 'vitest';
import { readCsv } from '../../../server/contacts/csv.ts';

test.each([
  [
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a;b\r\n1;2,5\r\n',
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  [
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n"x, y","say ""hi"""',
    [
      ['a', 'b'],
      ['x, y', 'say "hi"'],
    ],
  ],
  [
    'a,b\n\n , \n1,2\n\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n5" disk,2',
    [
      ['a', 'b'],
      ['5" disk', '2'],
    ],
  ],
  [
    'a,b\n1,',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  [
    'sep=;\r\na;b\r\n1;2,5',
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  [
    '"sep=|"\na|b\n1|2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r1,2\r3,"4\r5"\r',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4\r5'],
    ],
  ],
  [
    '"Name, first";b\n1,5;2',
    [
      ['Name, first', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    '"say ""a, b""";b\n1;2',
    [
      ['say "a, b"', 'b'],
      ['1', '2'],
    ],
  ],
  ['', []],
])('%j is read', (text, fields) => {
  const csv = readCsv(text);
  expect(csv.records.map((record) => record.fields)).toEqual(fields);
  expect(csv.openQuoteLine).toBeUndefined();
});

test('lines are counted as an editor counts them, also across line breaks in quotes', () => {
  const { records } = readCsv('name,email\r\n"two\r\nlines",x\r\n\r\nlast,y');
  expect(records.map((record) => [record.line, record.fields[0]])).toEqual([
    [1, 'name'],
    [2, 'two\r\nlines'],
    [5, 'last'],
  ]);
});

test.each(['sep=;\nname;email\nanna;"a\nb"\n\nben;b', 'sep=;\rname;email\ranna;"a\rb"\r\rben;b'])(
  'lines are counted from the one that names the separator: %j',
  (text) => {
    expect(readCsv(text).records.map(({ line }) => line)).toEqual([2, 3, 6]);
  },
);

test('a quote that is never closed is named, and what stands before it is kept', () => {
  const csv = readCsv('name,email\nanna,a\nben,"b\ncarl,c');
  expect(csv.openQuoteLine).toBe(3);
  expect(csv.records.map((record) => record.fields[0])).toEqual(['name', 'anna']);
});
