import { expect, test } from 'vitest';
import { createCsvReader, MOST_RECORD } from '../../../../server/imports/csv/csv-reader.ts';

/** Reads a text in pieces of some length, to the end. */
function read(text: string, separator = ',', length = text.length) {
  const reader = createCsvReader(separator);
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${Math.max(1, length)}}`, 'g')) ?? [];
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const fieldsOf = (records: ReturnType<typeof read>) =>
  records.map((one) => ('fields' in one ? one.fields : one.fault));

const CASES: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    'a,b\n1,2',
    ',',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a;b\n1;2,5\n',
    ';',
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  [
    'a\tb\n1\t2',
    '\t',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n"x, y","say ""hi"""',
    ',',
    [
      ['a', 'b'],
      ['x, y', 'say "hi"'],
    ],
  ],
  [
    'a,b\n"x, y" ,2',
    ',',
    [
      ['a', 'b'],
      ['x, y ', '2'],
    ],
  ],
  [
    'a,b\n  "x",""',
    ',',
    [
      ['a', 'b'],
      ['x', ''],
    ],
  ],
  [
    'a,b\n"x"y,"2" z',
    ',',
    [
      ['a', 'b'],
      ['xy', '2 z'],
    ],
  ],
  [
    'a,b\n\n , \n1,2\n\n',
    ',',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n5" disk,2',
    ',',
    [
      ['a', 'b'],
      ['5" disk', '2'],
    ],
  ],
  [
    'a,b\n1,',
    ',',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  [
    'a,b\n1,"2\n3"\n',
    ',',
    [
      ['a', 'b'],
      ['1', '2\n3'],
    ],
  ],
  [
    '"Name, first";b\n1,5;2',
    ';',
    [
      ['Name, first', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['', ',', []],
];

test.each(CASES)('%j is read, however it is cut into pieces', (text, separator, fields) => {
  for (const length of [text.length, 1, 2, 3, 5])
    expect(fieldsOf(read(text, separator, length))).toEqual(fields);
});

test.each(['\n', '\r\n', '\r'])(
  'lines that end with %j are counted as an editor counts them, and are what they were within quotes',
  (end) => {
    const text = ['name,email', '"two', 'lines",x', '', 'last,"y"', '"a', '', 'b",z', ''].join(end);
    for (const length of [text.length, 1, 2, 3]) {
      expect(read(text, ',', length)).toEqual([
        { line: 1, fields: ['name', 'email'] },
        { line: 2, fields: [`two${end}lines`, 'x'] },
        { line: 5, fields: ['last', 'y'] },
        { line: 6, fields: [`a${end}${end}b`, 'z'] },
      ]);
    }
  },
);

test('a quote that is never closed is named, and what stands before it is kept', () => {
  const records = read('name,email\nanna,a\nben,"b\ncarl,c');
  expect(records).toEqual([
    { line: 1, fields: ['name', 'email'] },
    { line: 2, fields: ['anna', 'a'] },
    { line: 3, fault: 'open-quote' },
  ]);
});

test('a record that is too long is named, and those behind it are read', () => {
  const long = 'x'.repeat(MOST_RECORD + 1);
  expect(read(`a,b\n1,${long}\n2,3\n"4\n${long}",5\n6,7`, ',', 1000)).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fault: 'too-long' },
    { line: 3, fields: ['2', '3'] },
    { line: 4, fault: 'too-long' },
    { line: 6, fields: ['6', '7'] },
  ]);
});
